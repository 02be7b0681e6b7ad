namespace IotMqtt.Hosting.Options;

/// <summary>Finds which option somebody meant who wrote a name that does not exist.</summary>
public static class Nearest
{
    /// <summary>The name that is fewest edits away, case and <c>-</c> or <c>_</c> being the same; null where none is near.</summary>
    /// <param name="name">What was written.</param>
    /// <param name="known">What there is.</param>
    /// <param name="most">How many edits are near; not given: one for each three letters, two at least.</param>
    public static string? To(string name, IEnumerable<string> known, int? most = null)
    {
        var bound = most ?? Math.Max(2, name.Length / 3);
        return known.Select(each => (each, Edits: Edits(each, name))).Where(each => each.Edits <= bound).OrderBy(each => each.Edits)
            .Select(each => each.each).FirstOrDefault();
    }

    /// <summary>Insertions, deletions, changes and swaps of neighbours that make one of the other.</summary>
    private static int Edits(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (Same(left[i - 1], right[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(left[i - 1], right[j - 2]) && Same(left[i - 2], right[j - 1]))
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }

    private static bool Same(char left, char right) => Folded(left) == Folded(right);

    private static char Folded(char character) => character == '_' ? '-' : char.ToLowerInvariant(character);
}
