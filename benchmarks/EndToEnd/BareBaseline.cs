using System.Diagnostics;

namespace IotMqtt.Benchmarks.EndToEnd;

/// <summary>What bare MQTTnet pairs reach on a broker.</summary>
internal static class BareBaseline
{
    /// <summary>The median round trip of one pair, one after the other.</summary>
    public static async Task<TimeSpan> MedianRoundTripAsync(BarePair pair, int rounds, CancellationToken cancellationToken)
    {
        var taken = new TimeSpan[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await pair.RoundTripAsync(cancellationToken);
            taken[round] = Stopwatch.GetElapsedTime(begun);
        }

        Array.Sort(taken);
        return taken[rounds / 2];
    }

    /// <summary>Connects pairs, some at a time.</summary>
    public static async Task ConnectAsync(List<BarePair> pairs, string host, int port, int count, CancellationToken cancellationToken)
    {
        foreach (var numbers in Enumerable.Range(1, count).Chunk(64))
        {
            pairs.AddRange(await Task.WhenAll(numbers.Select(number => BarePair.ConnectAsync(host, port, number, cancellationToken))));
        }
    }

    /// <summary>Round trips a second of many pairs, each once and all at the same time.</summary>
    public static async Task<double> RoundTripsPerSecondAsync(IReadOnlyCollection<BarePair> pairs, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(pairs.Select(pair => pair.RoundTripAsync(cancellationToken)));
        return pairs.Count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
