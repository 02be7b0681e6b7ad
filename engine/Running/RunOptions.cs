namespace IotMqtt.Engine.Running;

/// <summary>The bounds of a run: no wait is without one (DESIGN section 4, rule 10).</summary>
public sealed record RunOptions
{
    /// <summary>How long a command may wait for its slot in the send window. 5 minutes.</summary>
    public TimeSpan PublishBound { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a device may take to answer a query. 5 s.</summary>
    public TimeSpan QueryBound { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a cancelled command may take to end. 5 s.</summary>
    public TimeSpan CancelBound { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a <c>catch</c> or a <c>finally</c> may take that has no timeout of its own. 30 s.</summary>
    public TimeSpan ShieldBudget { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the world may take to arm a matcher, to publish a message or to set a fault. 30 s.</summary>
    public TimeSpan WorldBound { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many rounds of a <c>while</c> or an <c>until</c> may begin at one and the same moment of virtual time. 100,000.</summary>
    public int RoundsAtOnce { get; init; } = 100_000;
}
