using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions;

/// <summary>
/// What an evaluation may come to. Values within values share their memory, so that <c>[x, x]</c> a few dozen times over costs next to
/// nothing, until it is sent, logged or kept: then it would fill the machine.
/// </summary>
internal static class ValueBounds
{
    public const int MaxValues = 100_000;
    public const int MaxTextLength = 1_000_000;

    /// <returns>What is too large in it; null where nothing is.</returns>
    public static string? Problem(in Value value)
    {
        if (value.Kind is not (ValueKind.Text or ValueKind.List or ValueKind.Map))
        {
            return null;
        }

        var (values, characters) = (MaxValues, MaxTextLength);
        return Count(value, 0, ref values, ref characters);
    }

    private static string? Count(in Value value, int depth, ref int values, ref int characters)
    {
        if (--values < 0)
        {
            return $"it came to more than {MaxValues} values";
        }

        if (depth > Value.MaxJsonDepth)
        {
            return $"it came to something that nests deeper than {Value.MaxJsonDepth} levels";
        }

        switch (value.Kind)
        {
            case ValueKind.Text:
                characters -= value.AsText.Length;
                return characters < 0 ? $"it came to more than {MaxTextLength} characters" : null;
            case ValueKind.List:
                foreach (ref readonly var item in value.AsList)
                {
                    if (Count(item, depth + 1, ref values, ref characters) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            case ValueKind.Map:
                foreach (var (_, member) in value.AsMap)
                {
                    if (Count(member, depth + 1, ref values, ref characters) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            default:
                return null;
        }
    }
}
