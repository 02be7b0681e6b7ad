using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotMqtt.Protocol.Links;

/// <summary>What all links of a process share, so that a link costs little: clock, log, metrics, chance, keep-alive.</summary>
internal sealed class LinkEnvironment
{
    /// <summary>Puts an environment together.</summary>
    /// <param name="time">The clock; null for the system's.</param>
    /// <param name="loggerFactory">Where links log; null for nowhere.</param>
    /// <param name="metrics">Where links count; null for nowhere that is seen.</param>
    /// <param name="seed">The seed of what is left to chance: the spread of the waits between attempts to connect.</param>
    public LinkEnvironment(
        TimeProvider? time = null,
        ILoggerFactory? loggerFactory = null,
        ProtocolMetrics? metrics = null,
        ulong seed = 0)
    {
        Time = time ?? TimeProvider.System;
        Logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<MqttLink>();
        Metrics = metrics ?? new ProtocolMetrics();
        Seed = seed;
        KeepAlive = new KeepAliveWheel(Time);
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    internal ILogger Logger { get; }

    internal ProtocolMetrics Metrics { get; }

    internal ulong Seed { get; }

    internal KeepAliveWheel KeepAlive { get; }

    /// <summary>A number from 0 to 1, the same for the same seed, name and count.</summary>
    internal double Chance(string name, int count)
    {
        // FNV-1a over the name, then SplitMix64: stable across processes and platforms.
        var hash = 14695981039346656037UL ^ Seed;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash += 0x9E3779B97F4A7C15UL * (ulong)(uint)(count + 1);
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        hash ^= hash >> 31;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }
}
