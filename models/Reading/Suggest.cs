namespace IotMqtt.Models.Reading;

/// <summary>Finds what somebody meant who wrote a name that does not exist.</summary>
internal static class Suggest
{
    private const int LongestName = 64;

    /// <summary>
    /// The candidate that is closest to the name by Damerau-Levenshtein distance, case and - or _ being the same, or null where none is close:
    /// one edit for two to four letters, then one more for each three. Of two that are as close, the one that begins alike.
    /// </summary>
    public static string? Closest(string name, IEnumerable<string> candidates)
    {
        if (name.Length is 0 or > LongestName)
        {
            return null;
        }

        string? closest = null;
        var least = Math.Min(Math.Max(1, (name.Length + 2) / 3), name.Length - 1) + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) > least || candidate.Length > LongestName)
            {
                continue;
            }

            var distance = Distance(name, candidate);
            if (distance < least || (distance == least && closest is not null && CommonStart(name, candidate) > CommonStart(name, closest)))
            {
                (closest, least) = (candidate, distance);
            }
        }

        return closest;
    }

    /// <summary><c>did you mean "…"?</c>; else, where there are few candidates, what there is; else null.</summary>
    public static string? For(string name, IEnumerable<string> candidates)
    {
        var known = candidates as IReadOnlyCollection<string> ?? [.. candidates];
        return Closest(name, known) is { } closest ? $"did you mean \"{closest}\"?"
            : known.Count is > 0 and <= 12 ? $"there is: {string.Join(", ", known)}"
            : null;
    }

    private static int Distance(string left, string right)
    {
        Span<int> beforeLast = stackalloc int[LongestName + 1];
        Span<int> last = stackalloc int[LongestName + 1];
        Span<int> current = stackalloc int[LongestName + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            last[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var cost = Same(left[row - 1], right[column - 1]) ? 0 : 1;
                var least = Math.Min(Math.Min(current[column - 1], last[column]) + 1, last[column - 1] + cost);
                if (row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]))
                {
                    least = Math.Min(least, beforeLast[column - 2] + 1);
                }

                current[column] = least;
            }

            var spare = beforeLast;
            beforeLast = last;
            last = current;
            current = spare;
        }

        return last[right.Length];
    }

    private static int CommonStart(string left, string right)
    {
        var length = 0;
        while (length < left.Length && length < right.Length && Same(left[length], right[length]))
        {
            length++;
        }

        return length;
    }

    private static bool Same(char left, char right) => Folded(left) == Folded(right);

    private static char Folded(char character) => character == '_' ? '-' : char.ToLowerInvariant(character);
}
