using IotMqtt.Engine.Programs;

namespace IotMqtt.Engine.Running.Expecting;

/// <summary>One thing that must, or must not, be seen.</summary>
internal sealed class Watch(Expectation expectation, bool isNever)
{
    public Expectation Expectation => expectation;

    public bool IsNever => isNever;

    /// <summary>What the world looks out for; null: it has not been asked yet.</summary>
    public Effect.Arm? Arm { get; set; }

    public TimeSpan? Within { get; set; }

    public bool IsArmed { get; set; }

    public int Seen { get; set; }

    /// <summary>How often it was seen before what must be seen before it.</summary>
    public int CameEarly { get; set; }

    public int Timer;

    /// <summary>Its time is over, and it has been asked what came instead.</summary>
    public bool IsMissed { get; set; }

    /// <summary>An expectation: met or missed. A <c>never</c>: its time is over, or it needs none.</summary>
    public bool IsDecided { get; set; }
}
