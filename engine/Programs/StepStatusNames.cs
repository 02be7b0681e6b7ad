using System.Collections.Immutable;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>How programs and reports write the outcomes of a step.</summary>
internal static class StepStatusNames
{
    private static readonly ImmutableArray<string> Texts =
        ["pending", "succeeded", "failed", "rejected", "expired", "cancelled", "unreachable", "unknown", "timed-out", "skipped"];

    /// <summary>An outcome as text, such as <c>timed-out</c>.</summary>
    public static string Text(this StepStatus status) => Texts[(int)status];

    internal static ImmutableArray<(string Name, StepStatus Choice)> Of(params ReadOnlySpan<StepStatus> statuses)
    {
        var names = ImmutableArray.CreateBuilder<(string, StepStatus)>(statuses.Length);
        foreach (var status in statuses)
        {
            names.Add((status.Text(), status));
        }

        return names.MoveToImmutable();
    }

    /// <summary>Reads one outcome, or a list of outcomes; null where the key is not there or something is wrong.</summary>
    internal static ImmutableArray<StepStatus>? Read(MapReader map, string key, ReadOnlySpan<(string Name, StepStatus Choice)> allowed, DiagnosticBag diagnostics)
    {
        var nodes = map.OneOrList(key);
        var statuses = ImmutableArray.CreateBuilder<StepStatus>(nodes.Count);
        foreach (var node in nodes)
        {
            if (NodeReader.OneOf(node, key, diagnostics, allowed) is { } status)
            {
                statuses.Add(status);
            }
        }

        if (nodes.Count == 0 && map.Take(key) is { } empty)
        {
            diagnostics.Error(empty.At, $"{key} names no outcome", "remove it, or name at least one");
        }

        return statuses.Count == 0 ? null : statuses.DrainToImmutable();
    }
}
