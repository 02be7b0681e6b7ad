namespace IotMqtt.Protocol.Links;

/// <summary>What became of a publish.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="ReasonCode">The reason code of its PUBACK (MQTT 5, section 3.4.2.1); 0 where there was none.</param>
internal readonly record struct PublishResult(PublishOutcome Outcome, byte ReasonCode = 0)
{
    private const byte NoMatchingSubscribers = 0x10;
    private const byte FirstFailure = 0x80;

    /// <summary>Whether the broker has it.</summary>
    public bool IsTaken => Outcome is PublishOutcome.Taken or PublishOutcome.NoSubscribers;

    internal static PublishResult FromPubAck(byte reasonCode) => reasonCode switch
    {
        NoMatchingSubscribers => new(PublishOutcome.NoSubscribers, reasonCode),
        >= FirstFailure => new(PublishOutcome.Refused, reasonCode),
        _ => new(PublishOutcome.Taken, reasonCode),
    };
}
