using System.Collections.Immutable;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>A node of a program, with the options that any node takes. Immutable. DESIGN section 7.</summary>
public abstract record Node
{
    /// <summary>Where it was written.</summary>
    public SourcePosition At { get; init; } = SourcePosition.None;

    /// <summary>Its name in the program, unique there; results and paths use it. Null: its place stands for it.</summary>
    public string? Id { get; init; }

    /// <summary>Whether it is carried out at all; where not, it counts as skipped and succeeded.</summary>
    public Expression? When { get; init; }

    /// <summary>How long the whole node may take, retries included.</summary>
    public DurationTemplate? Timeout { get; init; }

    /// <summary>How often it is tried again.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>What to do when it has failed for good; the node then counts as succeeded unless this fails.</summary>
    public SequenceNode? Catch { get; init; }

    /// <summary>What to do in any case, at the very end.</summary>
    public SequenceNode? Finally { get; init; }

    /// <summary>How to take it back.</summary>
    public UndoAction? Undo { get; init; }
}

/// <summary>A node that acts on the world: it may expect something to follow, or nothing to.</summary>
public abstract record ActingNode : Node
{
    /// <summary>What must be seen.</summary>
    public ImmutableArray<Expectation> Expect { get; init; } = [];

    /// <summary>What must not be seen.</summary>
    public ImmutableArray<Expectation> Never { get; init; } = [];
}

/// <summary>A length of time: written out, or computed when it is needed.</summary>
/// <param name="Constant">Written out.</param>
/// <param name="Computed">Comes to text such as <c>1m30s</c>.</param>
public sealed record DurationTemplate(TimeSpan? Constant, ValueTemplate? Computed)
{
    /// <summary>A constant.</summary>
    public static DurationTemplate Of(TimeSpan value) => new(value, null);
}

/// <summary>How often and when a failed node is tried again.</summary>
public sealed record RetryPolicy
{
    /// <summary>How often it is tried in all, the first time included.</summary>
    public required int Attempts { get; init; }

    /// <summary>How the delay grows.</summary>
    public Backoff Backoff { get; init; } = Backoff.Exponential;

    /// <summary>The first delay.</summary>
    public TimeSpan Initial { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How far chance moves a delay either way, 0 to 1.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>Which outcomes are tried again. <c>unknown</c> is not among them unless it is named: the command may have run.</summary>
    public ImmutableArray<StepStatus> When { get; init; } = [StepStatus.Unreachable, StepStatus.Rejected, StepStatus.Expired, StepStatus.Failed];

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan? AttemptTimeout { get; init; }
}

/// <summary>How the delay between attempts grows.</summary>
public enum Backoff
{
    /// <summary>Always the initial delay.</summary>
    Constant,

    /// <summary>By the initial delay each time.</summary>
    Linear,

    /// <summary>Twofold each time.</summary>
    Exponential,
}

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

/// <summary>Takes an act back.</summary>
/// <param name="Do">The command that does it, its arguments captured before the act.</param>
/// <param name="After">After which outcomes of the act.</param>
public sealed record UndoAction(DoNode Do, ImmutableArray<StepStatus> After);

/// <summary>What must, or must not, be seen after an act.</summary>
/// <param name="At">Where it was written.</param>
/// <param name="Match">What.</param>
/// <param name="Within">How long it is waited for; null, for <c>never</c> only: until the act and all that it expects have ended.</param>
/// <param name="FromDone">Whether the time counts from the act's end rather than from its publish.</param>
/// <param name="Count">How many times it must be seen; 1 for <c>never</c>.</param>
public sealed record Expectation(SourcePosition At, MatchSpec Match, DurationTemplate? Within, bool FromDone, int Count);

/// <summary>What is waited for: which messages, and a condition on <c>value</c>.</summary>
/// <param name="Kind">What kind of message.</param>
/// <param name="Device">The device, where the kind has one.</param>
/// <param name="Entry">The reading, the event, the entry; for <see cref="MatchKind.Topic"/> the filter; for <see cref="MatchKind.State"/> null.</param>
/// <param name="Where">A condition over <c>value</c> (and <c>topic</c>); null: any.</param>
public sealed record MatchSpec(MatchKind Kind, DeviceTarget? Device, ValueTemplate? Entry, Expression? Where);

/// <summary>The kinds of messages that can be waited for.</summary>
public enum MatchKind
{
    /// <summary>A reading.</summary>
    Telemetry,

    /// <summary>An event.</summary>
    Event,

    /// <summary>The device's state.</summary>
    State,

    /// <summary>A message of a topic filter.</summary>
    Topic,
}

/// <summary>A device that a node names.</summary>
/// <param name="At">Where it was written.</param>
/// <param name="Name">The id, the variable or the parameter.</param>
/// <param name="Kind">Which of them.</param>
public sealed record DeviceTarget(SourcePosition At, string Name, TargetKind Kind = TargetKind.Device);

/// <summary>How a node names a device.</summary>
public enum TargetKind
{
    /// <summary>By its id: <c>speaker.play</c>.</summary>
    Device,

    /// <summary>By the variable of an <c>each</c>, or of a <c>for-each</c> over ids: <c>d.install</c>.</summary>
    Variable,

    /// <summary>By a parameter that holds its id: <c>params.light.switch-on</c>.</summary>
    Parameter,
}
