using System.Globalization;

namespace IotMqtt.Broker.Hosting;

/// <summary>Durations and sizes as people write them: <c>10s</c>, <c>500ms</c>, <c>1d</c>; <c>1MiB</c>, <c>64KiB</c>, <c>4096</c>.</summary>
internal static class Quantity
{
    private static readonly (string Unit, double Factor)[] Durations = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)];

    private static readonly (string Unit, double Factor)[] Sizes = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("B", 1), ("", 1)];

    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        var isValid = TryParse(text, Durations, out var seconds) && seconds <= TimeSpan.MaxValue.TotalSeconds / 2;
        duration = isValid ? TimeSpan.FromSeconds(seconds) : default;
        return isValid;
    }

    public static bool TryParseSize(string text, out long bytes)
    {
        var isValid = TryParse(text, Sizes, out var value) && value <= long.MaxValue / 2;
        bytes = isValid ? (long)value : default;
        return isValid;
    }

    private static bool TryParse(string text, (string Unit, double Factor)[] units, out double value)
    {
        foreach (var (unit, factor) in units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                value = number * factor;
                return true;
            }
        }

        value = 0;
        return false;
    }
}
