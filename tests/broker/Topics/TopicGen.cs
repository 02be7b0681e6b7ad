using CsCheck;

namespace IotMqtt.Broker.Tests.Topics;

/// <summary>Topics and filters over few levels, so that they meet often; with empty levels and such that begin with <c>$</c>.</summary>
internal static class TopicGen
{
    private static readonly Gen<string> Level = Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("ab"), Gen.Const(""), Gen.Const("$x"));

    public static readonly Gen<string> Topic = Level.Array[1, 5].Select(levels => string.Join('/', levels)).Where(topic => topic.Length > 0);

    public static readonly Gen<string> Filter = Gen.Select(
            Gen.Frequency((3, Level), (2, Gen.Const("+"))).Array[1, 5],
            Gen.Int[0, 3],
            (levels, end) => string.Join('/', end == 0 ? [.. levels[..^1], "#"] : levels))
        .Where(filter => filter.Length > 0);
}
