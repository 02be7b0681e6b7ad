namespace IotMqtt.Models.Behaviour;

/// <summary>The bounds of a device. One instance serves all devices of a worker.</summary>
public sealed record DeviceMachineOptions
{
    /// <summary>The bounds that a device has unless somebody says otherwise.</summary>
    public static DeviceMachineOptions Default { get; } = new();

    /// <summary>How many commands may wait for their turn; one more is rejected as <see cref="ErrorCode.Busy"/>.</summary>
    public int QueueBound { get; init; } = 1000;

    /// <summary>
    /// How many commands of runs the ledger takes; while all its entries are live, one more is rejected as <see cref="ErrorCode.Busy"/>.
    /// Refusals and tombstones, which must be remembered too, may fill as much again.
    /// </summary>
    public int LedgerCapacity { get; init; } = 262_144;

    /// <summary>
    /// How long an entry stays live after its command has ended, or after the last moment at which its command could have started,
    /// whichever is later. It must be longer than a message can be under way.
    /// </summary>
    public TimeSpan LedgerRetention { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Which ledger this is; a new one means that the old one was lost (rule 3).</summary>
    public string LedgerGeneration { get; init; } = "1";

    /// <summary>What the calendar said when the time was zero, for <c>Date</c> in expressions.</summary>
    public DateTimeOffset Origin { get; init; } = DateTimeOffset.UnixEpoch;
}
