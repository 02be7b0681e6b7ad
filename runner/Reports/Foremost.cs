namespace IotMqtt.Runner.Reports;

/// <summary>Of many things those that come first, found in one pass and without keeping the others.</summary>
internal static class Foremost
{
    /// <summary>So many at most: those of the highest rank first, and of one rank those that come first.</summary>
    /// <param name="things">All of them.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="rank">The rank of each, from 0 to <paramref name="highest"/>.</param>
    /// <param name="highest">The highest rank.</param>
    public static List<T> Of<T>(IEnumerable<T> things, int most, Func<T, int> rank, int highest)
    {
        var ranks = Enumerable.Range(0, highest + 1).Select(static _ => new List<T>()).ToArray();
        foreach (var thing in things)
        {
            var same = ranks[rank(thing)];
            if (same.Count < most)
            {
                same.Add(thing);
            }
        }

        return [.. ranks.Reverse().SelectMany(static same => same).Take(most)];
    }
}
