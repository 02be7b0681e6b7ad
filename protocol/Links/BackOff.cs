namespace IotMqtt.Protocol.Links;

/// <summary>How long to wait between attempts to connect: doubled each time, up to a maximum, spread by chance.</summary>
public sealed record BackOff
{
    /// <summary>The wait before the first attempt.</summary>
    public TimeSpan Initial { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait. A connection that lasted longer than this starts again from <see cref="Initial"/>.</summary>
    public TimeSpan Max { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Which part of a wait is left to chance, 0 to 1: many links that were cut at once must not come back at once.</summary>
    public double Jitter { get; init; } = 0.5;

    /// <summary>The wait before an attempt.</summary>
    /// <param name="attempt">How many attempts have failed, from 0.</param>
    /// <param name="chance">From 0 (the shortest wait) to 1 (the longest).</param>
    public TimeSpan Delay(int attempt, double chance)
    {
        var doubled = Initial.TotalMilliseconds * Math.Pow(2, Math.Clamp(attempt, 0, 30));
        var longest = Math.Min(doubled, Max.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(longest * (1 - (Math.Clamp(Jitter, 0, 1) * (1 - chance))));
    }
}
