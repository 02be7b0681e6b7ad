using System.Collections.Immutable;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads <c>expect</c> and <c>never</c>: one, or a list.</summary>
internal static class ExpectationReader
{
    private static readonly Key From = new("from", Shape.OneOf("published", "done"), "Whether the time counts from the publish or from the act's end.");

    /// <summary>The keys of an acting step.</summary>
    public static IReadOnlyList<Key> Keys { get; } =
    [
        new("expect", Shape.AnyOf(Shape.Ref("expect"), Shape.ListOf(Shape.Ref("expect"))), "What must be seen because of it."),
        new("never", Shape.AnyOf(Shape.Ref("never"), Shape.ListOf(Shape.Ref("never"))), "What must not be seen."),
    ];

    /// <summary>The keys of an <c>expect</c>.</summary>
    public static KeyTable ExpectKeys { get; } = new(
    [
        .. MatchReader.Keys,
        new("within", Shape.Duration, "How long it is waited for.", Required: true),
        From,
        new("count", Shape.Count, "How many times it must be seen; once unless it says otherwise."),
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

    private static Expectation? ReadOne(YamlNode node, string key, DiagnosticBag diagnostics)
    {
        if (MapReader.Open(node, key, diagnostics) is not { } map)
        {
            return null;
        }

        var complete = (key == "expect" ? ExpectKeys : NeverKeys).Check(map.Map, key, diagnostics, later: MatchReader.Unsupported);
        var match = MatchReader.Read(map, key, diagnostics);
        var within = map.Take("within") is { } time ? ValueReader.Duration(time, "within", diagnostics) : null;
        var fromDone = map.OneOf<bool>("from", ("published", false), ("done", true)) ?? false;
        var count = key == "expect" ? ValueReader.Count(map, "count") ?? 1 : 1;
        return complete && match is not null ? new(map.At, match, within, fromDone, count) : null;
    }
}
