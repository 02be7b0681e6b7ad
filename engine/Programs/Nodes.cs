using System.Collections.Immutable;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>One command of one device.</summary>
/// <param name="Device">Which device.</param>
/// <param name="Command">Which command.</param>
public sealed record DoNode(DeviceTarget Device, string Command) : ActingNode
{
    /// <summary>Where the command was written.</summary>
    public SourcePosition CommandAt { get; init; } = SourcePosition.None;

    /// <summary>The arguments, by name.</summary>
    public ImmutableArray<KeyValuePair<string, ValueTemplate>> With { get; init; } = [];

    /// <summary>Where each of them was written; empty: nowhere.</summary>
    internal ImmutableArray<EntryPosition> WithAt { get; init; } = [];
}

/// <summary>Steps, one after the other.</summary>
/// <param name="Steps">The steps.</param>
public sealed record SequenceNode(ImmutableArray<Node> Steps) : Node;

/// <summary>Branches, all at once.</summary>
/// <param name="Branches">The branches.</param>
public sealed record ParallelNode(ImmutableArray<Node> Branches) : Node
{
    /// <summary>What a failed branch means for the others.</summary>
    public OnFailure OnFailure { get; init; } = OnFailure.Drain;

    /// <summary>How many branches must succeed for it to end, the rest being cancelled; null: all.</summary>
    public int? Need { get; init; }

    /// <summary>Where that was written.</summary>
    public SourcePosition NeedAt { get; init; } = SourcePosition.None;
}

/// <summary>What a failure means for the other branches of a <c>parallel</c>.</summary>
public enum OnFailure
{
    /// <summary>Nothing new starts; what is in flight ends.</summary>
    Drain,

    /// <summary>What is in flight is cancelled, and that is awaited.</summary>
    Cancel,

    /// <summary>All branches run to their end.</summary>
    Complete,
}

/// <summary>The same steps for each of a selection of devices.</summary>
/// <param name="Selection">Which devices.</param>
/// <param name="As">The variable that stands for the device.</param>
/// <param name="Steps">The steps.</param>
public sealed record EachNode(DeviceSelection Selection, string As, SequenceNode Steps) : Node
{
    /// <summary>What the variable is called that is not given a name.</summary>
    public const string DefaultVariable = "d";

    /// <summary>Where its variable was named.</summary>
    public SourcePosition AsAt { get; init; } = SourcePosition.None;

    /// <summary>A condition on each device.</summary>
    public Expression? Where { get; init; }

    /// <summary>How many devices at a time; null: all.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Batches, cumulative; empty: one batch.</summary>
    public ImmutableArray<BatchSize> Batches { get; init; } = [];

    /// <summary>What must succeed between two batches.</summary>
    public SequenceNode? Gate { get; init; }

    /// <summary>How many devices may fail, checked after each batch.</summary>
    public BatchSize? Tolerate { get; init; }

    /// <summary>
    /// What a failed device means for the others of its batch. With <see cref="Tolerate"/> a batch always runs to its end and is judged
    /// then.
    /// </summary>
    public OnFailure OnFailure { get; init; } = OnFailure.Drain;

    /// <summary>Whether selecting nothing is in order.</summary>
    public bool AllowEmpty { get; init; }
}

/// <summary>Which devices: all that the given parts allow.</summary>
/// <param name="Model">Of this model; null: any.</param>
/// <param name="Labels">With these labels.</param>
/// <param name="Ids">These ids; empty: any.</param>
public sealed record DeviceSelection(string? Model, ImmutableSortedDictionary<string, string> Labels, ImmutableArray<string> Ids)
{
    /// <summary>Where it was written.</summary>
    public SourcePosition At { get; init; } = SourcePosition.None;

    /// <summary>Where each of the ids was written; empty: nowhere.</summary>
    public ImmutableArray<SourcePosition> IdsAt { get; init; } = [];

    /// <summary>All devices.</summary>
    public static DeviceSelection All { get; } = new(null, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), []);

    /// <summary>The devices of a model.</summary>
    public static DeviceSelection OfModel(string model) => All with { Model = model };

    /// <summary>These devices.</summary>
    public static DeviceSelection Of(params ReadOnlySpan<string> ids) => All with { Ids = [.. ids] };

    /// <summary>Its devices in a fleet, in the order of their ids, character by character.</summary>
    public IEnumerable<DeviceDefinition> Of(FleetDefinition fleet)
    {
        var devices = Ids.IsEmpty ? fleet.Devices : Ids.Select(fleet.Find).OfType<DeviceDefinition>();
        return devices.Where(Fits).OrderBy(device => device.Id, StringComparer.Ordinal);
    }

    /// <summary>Whether a device is of its model and has its labels.</summary>
    public bool Fits(DeviceDefinition device) =>
        (Model is null || string.Equals(device.Model.Name, Model, StringComparison.Ordinal))
        && Labels.All(label => device.Labels.TryGetValue(label.Key, out var value) && string.Equals(value, label.Value, StringComparison.Ordinal));

    /// <summary>Those of them that have this label.</summary>
    public DeviceSelection WithLabel(string name, string value) => this with { Labels = Labels.SetItem(name, value) };
}

/// <summary>A number of devices: absolute, or a part of all.</summary>
/// <param name="Count">Absolute.</param>
/// <param name="Percent">Of all, 0 to 100.</param>
public sealed record BatchSize(int? Count, double? Percent)
{
    /// <summary>The number of devices of <paramref name="all"/>, rounded up: a batch is never empty because of a small fleet.</summary>
    public int RoundedUp(int all) => Count ?? (int)Math.Ceiling(all * (decimal)Percent!.Value / 100);

    /// <summary>The number of devices of <paramref name="all"/>, rounded down: no more failures are tolerated than were written.</summary>
    public int RoundedDown(int all) => Count ?? (int)Math.Floor(all * (decimal)Percent!.Value / 100);
}

/// <summary>One of two sequences.</summary>
/// <param name="Condition">Decides.</param>
/// <param name="Then">Where it holds.</param>
/// <param name="Else">Where it does not; null: nothing.</param>
public sealed record IfNode(Expression Condition, SequenceNode Then, SequenceNode? Else) : Node;

/// <summary>The same steps again and again; exactly one of the conditions is given.</summary>
/// <param name="Steps">The steps.</param>
public sealed record RepeatNode(SequenceNode Steps) : Node
{
    /// <summary>So many times.</summary>
    public ValueTemplate? Times { get; init; }

    /// <summary>As long as this holds, checked before each round.</summary>
    public Expression? While { get; init; }

    /// <summary>Until this holds, checked after each round.</summary>
    public Expression? Until { get; init; }

    /// <summary>Once for each item of this list.</summary>
    public ValueTemplate? ForEach { get; init; }

    /// <summary>The name that was given to the variable; null: none.</summary>
    public string? As { get; init; }

    /// <summary>Where it was named.</summary>
    public SourcePosition AsAt { get; init; } = SourcePosition.None;

    /// <summary>The variable that stands for the item, or for the round (from 1).</summary>
    public string Variable => As ?? (ForEach is null ? "round" : "item");
}

/// <summary>Waits for a message.</summary>
/// <param name="Match">Which.</param>
/// <param name="Within">How long.</param>
public sealed record WaitNode(MatchSpec Match, DurationTemplate Within) : Node;

/// <summary>Lets time pass.</summary>
/// <param name="For">How much.</param>
public sealed record DelayNode(DurationTemplate For) : Node;

/// <summary>Fails unless a condition holds.</summary>
/// <param name="Condition">The condition.</param>
public sealed record AssertNode(Expression Condition) : Node;

/// <summary>Sets variables, all computed from the values before.</summary>
/// <param name="Variables">The variables.</param>
public sealed record SetNode(ImmutableArray<KeyValuePair<string, ValueTemplate>> Variables) : Node
{
    /// <summary>Where each of them was written; empty: nowhere.</summary>
    internal ImmutableArray<EntryPosition> VariablesAt { get; init; } = [];
}

/// <summary>Runs another program.</summary>
/// <param name="Program">The program, read already; recursion has been refused.</param>
public sealed record RunNode(DeviceProgram Program) : Node
{
    /// <summary>Its file, as it was written; null: it was built in C#.</summary>
    public string? File { get; init; }

    /// <summary>Its parameters.</summary>
    public ImmutableArray<KeyValuePair<string, ValueTemplate>> With { get; init; } = [];

    /// <summary>Where each of them was written; empty: nowhere.</summary>
    internal ImmutableArray<EntryPosition> WithAt { get; init; } = [];
}

/// <summary>Publishes a message.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Payload">The payload.</param>
public sealed record PublishNode(ValueTemplate Topic, PayloadTemplate Payload) : ActingNode
{
    /// <summary>The quality of service, 0 or 1.</summary>
    public int Qos { get; init; } = 1;

    /// <summary>Whether the broker keeps it.</summary>
    public bool Retain { get; init; }
}

/// <summary>What a message carries.</summary>
/// <param name="Value">The value: text as it is, anything else as JSON.</param>
/// <param name="Bytes">The bytes of <c>{ hex: … }</c> or <c>{ base64: … }</c>; where given, <paramref name="Value"/> is not looked at.</param>
public sealed record PayloadTemplate(ValueTemplate? Value, ImmutableArray<byte>? Bytes);

/// <summary>Lets something go wrong with devices until the enclosing node ends.</summary>
/// <param name="On">Which devices.</param>
/// <param name="Fault">What.</param>
public sealed record FaultNode(ImmutableArray<DeviceTarget> On, FaultDefinition Fault) : Node;

/// <summary>Says something in the record of the run.</summary>
/// <param name="Message">What.</param>
public sealed record LogNode(ValueTemplate Message) : Node;

/// <summary>Fails.</summary>
/// <param name="Message">Why.</param>
public sealed record FailNode(ValueTemplate Message) : Node;

/// <summary>Takes back what the failed node did, in reverse order and as parallel as it was done. Only inside a <c>catch</c>.</summary>
public sealed record UndoAllNode : Node;
