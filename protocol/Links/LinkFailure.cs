namespace IotMqtt.Protocol.Links;

/// <summary>Why a link is not there.</summary>
/// <param name="Kind">Who can remedy it.</param>
/// <param name="Message">For people: what happened and what to do next.</param>
/// <param name="ReasonCode">The reason code of MQTT 5, where the broker gave one.</param>
internal sealed record LinkFailure(LinkFailureKind Kind, string Message, int? ReasonCode = null)
{
    /// <summary>Whether connecting again may help without anybody's doing.</summary>
    public bool IsTransient => Kind is LinkFailureKind.Unreachable or LinkFailureKind.Busy or LinkFailureKind.ConnectionLost;
}
