using System.Diagnostics.CodeAnalysis;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Durations that are computed while a program runs.</summary>
internal static class Durations
{
    /// <summary>Reads a duration such as <c>1m30s</c> out of what an expression came to.</summary>
    public static bool TryRead(in Evaluation evaluation, out TimeSpan duration, [NotNullWhen(false)] out string? problem)
    {
        duration = default;
        problem = null;
        if (evaluation.Error is { } error)
        {
            problem = error;
            return false;
        }

        if (evaluation.Value.Kind == ValueKind.Text && DurationText.TryParse(evaluation.Value.AsText, out duration))
        {
            return true;
        }

        problem = $"a duration such as 1m30s was expected, and this is {evaluation.Value.ToJson()}";
        return false;
    }
}
