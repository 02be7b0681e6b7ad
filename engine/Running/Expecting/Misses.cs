using System.Collections.Immutable;
using System.Globalization;

namespace IotMqtt.Engine.Running.Expecting;

/// <summary>What came instead of what was waited for, in words.</summary>
internal static class Misses
{
    /// <summary><c>; 4 other messages came</c>.</summary>
    public static string Summary(Fact.Recalled recalled, bool more) => recalled.Count switch
    {
        0 => more ? "" : "; nothing came",
        1 => "; 1 message came that did not fit",
        _ => string.Create(CultureInfo.InvariantCulture, $"; {recalled.Count} messages came that did not fit"),
    };

    /// <summary><c>1.204 tele/plug/SENSOR {"ENERGY":{"Power":12}}: value.ENERGY.Power is 12</c>, a line a message, after how many are not shown.</summary>
    public static ImmutableArray<string> Lines(Fact.Recalled recalled)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        if (recalled.Count > recalled.Nearest.Length)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"the nearest {recalled.Nearest.Length} of {recalled.Count} messages that did not fit:"));
        }

        foreach (var miss in recalled.Nearest)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{miss.At.TotalSeconds:0.000} {miss.Topic} {miss.Value}: {miss.Reason}"));
        }

        return lines.DrainToImmutable();
    }
}
