using System.Collections.Immutable;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads <c>monitors</c>: what is looked out for as long as the steps are carried out.</summary>
internal static class MonitorReader
{
    /// <summary>Its keys.</summary>
    public static KeyTable Keys { get; } = new(
        new("expect", Many("monitorExpect"), "What must have been seen by the end."),
        new("never", Many("monitorNever"), "What must not be seen."),
        new("gapless", Many("gapless"), "Messages that are numbered: none may be missing, come twice or out of order."));

    /// <summary>The keys of an <c>expect</c>.</summary>
    public static KeyTable ExpectKeys { get; } = new([.. MatchReader.Keys, ExpectationReader.Count]);

    /// <summary>The keys of a <c>never</c>.</summary>
    public static KeyTable NeverKeys { get; } = new([.. MatchReader.Keys]);

    /// <summary>The keys of a <c>gapless</c>.</summary>
    public static KeyTable GaplessKeys { get; } = new(
    [
        .. MatchReader.Keys,
        new("counter", Shape.Text, "The number of a message, an expression over value and topic.", Required: true),
        new("per", Shape.Text, "What is numbered by itself, an expression over value and topic; each topic unless it says otherwise."),
    ]);

    /// <summary>Reads them; null where they are not there.</summary>
    public static MonitorNode? Read(MapReader program, DiagnosticBag diagnostics)
    {
        if (program.Take("monitors") is not { } node || MapReader.Open(node, "monitors", diagnostics) is not { } map)
        {
            return null;
        }

        Keys.Check(map.Map, "monitors", diagnostics);
        return new MonitorNode
        {
            At = node.At,
            Expect = All(map, "expect", ExpectKeys, diagnostics),
            Never = [.. All(map, "never", NeverKeys, diagnostics), .. All(map, "gapless", GaplessKeys, diagnostics)],
        };
    }

    private static string Many(string definition) => Shape.AnyOf(Shape.Ref(definition), Shape.ListOf(Shape.Ref(definition)));

    private static ImmutableArray<Expectation> All(MapReader monitors, string key, KeyTable keys, DiagnosticBag diagnostics)
    {
        var expectations = ImmutableArray.CreateBuilder<Expectation>();
        foreach (var node in monitors.OneOrList(key))
        {
            if (MapReader.Open(node, key, diagnostics) is not { } map)
            {
                continue;
            }

            var complete = keys.Check(map.Map, key, diagnostics);
            var match = MatchReader.Read(map, key, diagnostics);
            var (least, most) = key == "expect" ? ExpectationReader.ReadCount(map, diagnostics) : (1, null);
            if (key == "gapless")
            {
                var counter = map.Take("counter") is { } number ? Expression.Parse(number, diagnostics) : null;
                var per = map.Take("per") is { } part ? Expression.Parse(part, diagnostics) : null;
                complete &= counter is not null;
                match = match is null ? null : match with { Counter = counter, Per = per };
            }

            if (complete && match is not null)
            {
                expectations.Add(new(map.At, match, null, FromDone: false, least) { Most = most });
            }
        }

        return expectations.DrainToImmutable();
    }
}
