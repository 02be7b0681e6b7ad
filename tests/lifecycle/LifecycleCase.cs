using IotMqtt.Models.Values;

namespace IotMqtt.Lifecycle;

/// <summary>One case of the life of a command: what a requester sends to one device, and what it must get. Knows no clock.</summary>
internal sealed record LifecycleCase
{
    public required string Name { get; init; }

    /// <summary>What it shows, one sentence.</summary>
    public required string About { get; init; }

    /// <summary>The device of the bench that it is played on.</summary>
    public string Device { get; init; } = "bench";

    /// <summary>How many commands may wait.</summary>
    public int? QueueBound { get; init; }

    /// <summary>How many commands the ledger takes.</summary>
    public int? LedgerCapacity { get; init; }

    public required IReadOnlyList<LifecycleStep> Steps { get; init; }

    public override string ToString() => Name;
}

/// <summary>One step of a case.</summary>
/// <param name="Line">Where it is written.</param>
public abstract record LifecycleStep(int Line);

/// <summary>Sends a command.</summary>
internal sealed record SendStep(int Line, string Command) : LifecycleStep(Line)
{
    public string? Id { get; init; }

    public string? Run { get; init; }

    public long? Epoch { get; init; }

    public int? Attempt { get; init; }

    /// <summary>The payload; null: empty.</summary>
    public string? Payload { get; init; }

    public bool WantsAccepted { get; init; }

    public bool WantsRunning { get; init; }

    public TimeSpan? Budget { get; init; }

    /// <summary>Which of the requester's addresses acknowledgements go to; null: none are asked for.</summary>
    public string? To { get; init; }
}

/// <summary>Awaits the next acknowledgement of a command at an address.</summary>
internal sealed record AckStep(int Line, string Id, string To, Expected Expected) : LifecycleStep(Line);

/// <summary>Asks the device something that bypasses its queue, and awaits the answer.</summary>
internal sealed record AskStep(int Line, AskKind Kind, Expected Expected) : LifecycleStep(Line)
{
    /// <summary>The command that it is about; null: it is about the run.</summary>
    public string? Id { get; init; }

    public string? Run { get; init; }

    public long? Epoch { get; init; }

    /// <summary>The requester's address.</summary>
    public required string To { get; init; }
}

/// <summary>Sets or, where there is none, lifts a fault.</summary>
internal sealed record FaultStep(int Line, string Key, Value Fault) : LifecycleStep(Line);

/// <summary>These properties have these values.</summary>
internal sealed record StateStep(int Line, ValueMap Properties) : LifecycleStep(Line);

/// <summary>Every acknowledgement so far has been awaited by a step.</summary>
internal sealed record QuietStep(int Line) : LifecycleStep(Line);

/// <summary>What can be asked.</summary>
public enum AskKind
{
    Query,
    Cancel,
    Register,
}
