using IotMqtt.Engine.Programs;
using IotMqtt.Models.Chance;

namespace IotMqtt.Engine.Running.Guards;

/// <summary>How long a node waits before it is tried again.</summary>
internal static class RetryDelay
{
    /// <summary>The delay after a failed attempt.</summary>
    /// <param name="policy">How it grows, and how far chance moves it.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="seed">The seed of that attempt.</param>
    public static TimeSpan After(RetryPolicy policy, int attempt, ulong seed)
    {
        var factor = policy.Backoff switch
        {
            Backoff.Exponential => Math.Pow(2, attempt - 1),
            Backoff.Linear => attempt,
            _ => 1,
        };
        var ticks = Math.Min(policy.Initial.Ticks * factor, policy.MaxDelay.Ticks);
        if (policy.Jitter > 0)
        {
            ticks *= 1 + (policy.Jitter * ((2 * new SeededChance(seed).NextDouble()) - 1));
        }

        return TimeSpan.FromTicks((long)ticks);
    }
}
