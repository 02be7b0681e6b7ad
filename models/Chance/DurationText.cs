using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IotMqtt.Models.Chance;

/// <summary>
/// The grammar of durations: whole numbers with the units <c>h</c>, <c>m</c>, <c>s</c> and <c>ms</c>, the greatest first, each at
/// most once: <c>500ms</c>, <c>5s</c>, <c>1m30s</c>. Nothing else: no bare numbers, no fractions, no spaces. DESIGN section 6.
/// </summary>
internal static partial class DurationText
{
    private static readonly (string Unit, TimeSpan One)[] Units =
    [
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    private static readonly SearchValues<char> DigitsAndPoint = SearchValues.Create("0123456789.");

    /// <summary>The longest duration there is: what timers can still count.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(1000);

    /// <summary>Reads a duration.</summary>
    /// <returns>False where it is not one, or is longer than <see cref="Longest"/>.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.IsEmpty)
        {
            return false;
        }

        for (var unit = 0; !text.IsEmpty;)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9)
            {
                return false;
            }

            var amount = int.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            text = text[digits..];
            var end = text.IndexOfAnyInRange('0', '9');
            var written = end < 0 ? text : text[..end];
            while (unit < Units.Length && !written.SequenceEqual(Units[unit].Unit))
            {
                unit++;
            }

            if (unit == Units.Length)
            {
                return false;
            }

            if (amount > Longest / Units[unit].One)
            {
                return false;
            }

            duration += Units[unit].One * amount;
            text = text[written.Length..];
            unit++;
        }

        return duration <= Longest;
    }

    /// <summary>Writes a duration as <see cref="TryParse"/> reads it; anything below a millisecond is rounded to it.</summary>
    public static string Format(TimeSpan duration)
    {
        var milliseconds = (long)Math.Round(duration.TotalMilliseconds);
        if (milliseconds <= 0)
        {
            return "0ms";
        }

        var text = new StringBuilder();
        foreach (var (unit, one) in Units)
        {
            var (amount, rest) = Math.DivRem(milliseconds, (long)one.TotalMilliseconds);
            if (amount > 0)
            {
                text.Append(amount).Append(unit);
            }

            milliseconds = rest;
        }

        return text.ToString();
    }

    /// <summary>What to do about a text that is no duration; null where nobody can tell.</summary>
    public static string? Hint(string text) =>
        Meant(text) is { } meant ? $"write {meant}"
        : text.AsSpan().Trim() is ['-', ..] ? "a duration is not negative"
        : Parts().Replace(text, "") is { Length: 0 } && text.Length > 0 ? $"the longest is {Format(Longest)}"
        : null;

    /// <summary>The duration itself, or what its writer may have meant; null where nobody can tell.</summary>
    public static string? Meant(string text) => TryParse(text, out _) ? text : Guess(text) ?? Sorted(text);

    /// <summary>The same parts, the greatest first: <c>30s1m</c> → <c>1m30s</c>; a number at the end has the next unit: <c>1h30</c> → <c>1h30m</c>.</summary>
    private static string? Sorted(string text)
    {
        if (text.Length is 0 or > 64 || Parts().Replace(text, "").Length > 0)
        {
            return null;
        }

        var parts = new SortedDictionary<int, string>();
        foreach (var part in Parts().Matches(text).Select(match => match.Value))
        {
            var digits = part.AsSpan().IndexOfAnyExceptInRange('0', '9');
            var unit = digits < 0 ? parts.Keys.LastOrDefault(-1) + 1 : Array.FindIndex(Units, known => part.AsSpan(digits).SequenceEqual(known.Unit));
            if (unit == Units.Length || !parts.TryAdd(unit, digits < 0 ? part + Units[unit].Unit : part))
            {
                return null;
            }
        }

        var sorted = string.Concat(parts.Values);
        return TryParse(sorted, out _) ? sorted : null;
    }

    [GeneratedRegex("[0-9]+(?:ms|[hms]|$)")]
    private static partial Regex Parts();

    /// <summary>What somebody who wrote this may have meant: <c>5</c> → <c>5s</c>, <c>0.5s</c> → <c>500ms</c>, <c>5 min</c> → <c>5m</c>; or null.</summary>
    public static string? Guess(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var number = trimmed.IndexOfAnyExcept(DigitsAndPoint);
        var amountText = number < 0 ? trimmed : trimmed[..number];
        if (!double.TryParse(amountText, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
        {
            return null;
        }

        TimeSpan? one = (number < 0 ? "" : trimmed[number..].Trim().ToString().ToLowerInvariant()) switch
        {
            "" or "s" or "sec" or "secs" or "second" or "seconds" => TimeSpan.FromSeconds(1),
            "ms" or "msec" or "millis" or "millisecond" or "milliseconds" => TimeSpan.FromMilliseconds(1),
            "m" or "min" or "mins" or "minute" or "minutes" => TimeSpan.FromMinutes(1),
            "h" or "hr" or "hour" or "hours" => TimeSpan.FromHours(1),
            "d" or "day" or "days" => TimeSpan.FromDays(1),
            _ => null,
        };
        return one is null || amount * one.Value.TotalHours > Longest.TotalHours ? null : Format(one.Value * amount);
    }
}
