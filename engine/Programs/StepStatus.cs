namespace IotMqtt.Engine.Programs;

/// <summary>The outcomes of a node. DESIGN section 4, "The life of a command".</summary>
public enum StepStatus
{
    /// <summary>It is not over.</summary>
    Pending,

    /// <summary>It did what it should.</summary>
    Succeeded,

    /// <summary>It ran and went wrong; for a node that is no command: it did not hold.</summary>
    Failed,

    /// <summary>It was refused and has not run.</summary>
    Rejected,

    /// <summary>It was too late and has not run.</summary>
    Expired,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>The device was known to be away; it has not run.</summary>
    Unreachable,

    /// <summary>Nobody answered; it may have run.</summary>
    Unknown,

    /// <summary>Its own timeout passed.</summary>
    TimedOut,

    /// <summary>Its <c>when</c> was false, or it was never started because of another failure.</summary>
    Skipped,
}
