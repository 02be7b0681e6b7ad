using System.Collections.Frozen;
using System.Collections.Immutable;
using IotMqtt.Engine.Programs.Reading.Kinds;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>All kinds of steps.</summary>
internal static class StepKinds
{
    /// <summary>In the order of the documentation.</summary>
    public static ImmutableArray<StepKind> All { get; } =
    [
        new DoKind(),
        new SequenceKind(),
        new ParallelKind(),
        new EachKind(),
        new IfKind(),
        new RepeatKind(),
        new WhileKind(),
        new UntilKind(),
        new ForEachKind(),
        new WaitKind(),
        new DelayKind(),
        new AssertKind(),
        new SetKind(),
        new RunKind(),
        new PublishKind(),
        new HttpKind(),
        new ExecKind(),
        new FaultKind(),
        new LogKind(),
        new FailKind(),
    ];

    private static readonly FrozenDictionary<string, StepKind> ByName = All.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Names { get; } = StepKind.NamesOf(All);

    /// <summary>The kind that a key names, or null.</summary>
    public static StepKind? Find(string key) => ByName.GetValueOrDefault(key);

    /// <summary>The first kind that has an option of that name, for messages; null: none has.</summary>
    public static StepKind? WithKey(string key) => All.FirstOrDefault(kind => kind.Keys.Has(key));
}
