using System.Globalization;
using IotMqtt.Models.Chance;

namespace IotMqtt.Orchestrator.Cli.Options;

/// <summary>How options are written.</summary>
internal static class OptionText
{
    public const string ExpectedDuration = "a duration such as 500ms, 5s or 1m30s";

    /// <summary>A duration as programs write it: <c>500ms</c>, <c>5s</c>, <c>1m30s</c>; more than none.</summary>
    public static TimeSpan? Duration(string text) =>
        DurationText.TryParse(text, out var duration) && duration > TimeSpan.Zero ? duration : null;

    /// <summary>A seed.</summary>
    public static ulong? Seed(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null;
}
