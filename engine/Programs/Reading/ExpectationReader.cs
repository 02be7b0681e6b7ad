using System.Collections.Immutable;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads <c>expect</c> and <c>never</c>: one, or a list.</summary>
internal static class ExpectationReader
{
    private static readonly Key From = new("from", Shape.OneOf("published", "done"), "Whether the time counts from the publish or from the act's end.");

    /// <summary>How often something must be seen.</summary>
    public static Key Count { get; } = new(
        "count",
        Shape.AnyOf(Shape.Count, Shape.Ref("countRange")),
        "How many times it must be seen, or { min: 1, max: 3 }; once unless it says otherwise. With max it is watched for all its time.");

    /// <summary>The keys of a range of counts.</summary>
    public static KeyTable RangeKeys { get; } = new(
        new("min", Shape.Number(0), "How many times at least; 0 unless it says otherwise."),
        new("max", Shape.Number(0), "How many times at most."));

    /// <summary>The keys of an acting step.</summary>
    public static IReadOnlyList<Key> Keys { get; } =
    [
        new("expect", Shape.AnyOf(Shape.Ref("expect"), Shape.ListOf(Shape.Ref("expect"))), "What must be seen because of it."),
        new("never", Shape.AnyOf(Shape.Ref("never"), Shape.ListOf(Shape.Ref("never"))), "What must not be seen."),
        new("in-order", Shape.Boolean, "Whether what is expected must be seen in the order in which it is written; in any order unless it says otherwise."),
    ];

    /// <summary>The keys of an <c>expect</c>.</summary>
    public static KeyTable ExpectKeys { get; } = new(
    [
        .. MatchReader.Keys,
        new("within", Shape.Duration, "How long it is waited for.", Required: true),
        From,
        Count,
    ]);

    /// <summary>The keys of a <c>never</c>.</summary>
    public static KeyTable NeverKeys { get; } = new(
    [
        .. MatchReader.Keys,
        new("within", Shape.Duration, "How long it is watched; until the act and what it expects have ended unless it says otherwise."),
        From,
    ]);

    /// <summary>Reads what is there under a key; nothing where it is not there.</summary>
    public static ImmutableArray<Expectation> Read(MapReader step, string key, DiagnosticBag diagnostics)
    {
        var nodes = step.OneOrList(key);
        if (nodes.Count == 0)
        {
            if (step.Take(key) is YamlList { IsEmpty: true } empty)
            {
                diagnostics.Error(empty.At, $"{key} is empty", "remove it, or say what to look for");
            }

            return [];
        }

        var expectations = ImmutableArray.CreateBuilder<Expectation>(nodes.Count);
        foreach (var node in nodes)
        {
            if (ReadOne(node, key, diagnostics) is { } expectation)
            {
                expectations.Add(expectation);
            }
        }

        return expectations.DrainToImmutable();
    }

    /// <summary>Reads how often something must be seen.</summary>
    public static (int Least, int? Most) ReadCount(MapReader map, DiagnosticBag diagnostics)
    {
        if (map.Take("count") is not YamlMap node)
        {
            return (ValueReader.Count(map, "count") ?? 1, null);
        }

        var range = MapReader.Open(node, "count", diagnostics)!;
        RangeKeys.Check(node, "count", diagnostics);
        var (least, most) = (ValueReader.Count(range, "min", 0) ?? 0, ValueReader.Count(range, "max", 0));
        if (most < least)
        {
            diagnostics.Error(node.At, $"count can be met by nothing: its max is {most}, and its min {least}", "write max: N with at least as many");
        }
        else if (least == 0 && most is null)
        {
            diagnostics.Error(node.At, "count says nothing", "write min: N, max: N or both");
        }

        return (least, most);
    }

    private static Expectation? ReadOne(YamlNode node, string key, DiagnosticBag diagnostics)
    {
        if (MapReader.Open(node, key, diagnostics) is not { } map)
        {
            return null;
        }

        var complete = (key == "expect" ? ExpectKeys : NeverKeys).Check(map.Map, key, diagnostics);
        var match = MatchReader.Read(map, key, diagnostics);
        var within = map.Take("within") is { } time ? ValueReader.Duration(time, "within", diagnostics) : null;
        var fromDone = map.OneOf<bool>("from", ("published", false), ("done", true)) ?? false;
        var (least, most) = key == "expect" ? ReadCount(map, diagnostics) : (1, null);
        return complete && match is not null ? new(map.At, match, within, fromDone, least) { Most = most } : null;
    }
}
