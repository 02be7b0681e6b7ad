namespace IotMqtt.Protocol.Commands;

/// <summary>The user properties of a command (section 4 of the contract).</summary>
internal static class PropertyNames
{
    /// <summary>How long the device has, in milliseconds from arrival.</summary>
    public const string BudgetMs = "budget-ms";

    /// <summary>The run; makes the device keep the command in its ledger.</summary>
    public const string Run = "run";

    /// <summary>The step of the program, for people.</summary>
    public const string Step = "step";

    /// <summary>Which attempt, from 1.</summary>
    public const string Attempt = "attempt";

    /// <summary>The epoch of the run.</summary>
    public const string Epoch = "epoch";

    /// <summary>W3C trace context.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>The phases that are wanted, separated by commas.</summary>
    public const string Acks = "acks";
}
