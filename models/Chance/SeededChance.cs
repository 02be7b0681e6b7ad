using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace IotMqtt.Models.Chance;

/// <summary>
/// Chance as an input: SplitMix64, sixteen bytes at most, the same numbers on every machine for the same seed.
/// Derived per device and per field with a stable hash, so that a run does not depend on who draws first. DESIGN section 6.
/// </summary>
internal struct SeededChance
{
    private ulong _state;

    /// <summary>Starts from a seed.</summary>
    public SeededChance(ulong seed) => _state = seed;

    /// <summary>The seed of a named part of what has this seed: of a device of a run, of a field of a device.</summary>
    public static ulong Derive(ulong seed, string name) =>
        XxHash64.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan()), unchecked((long)seed));

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number of the standard normal distribution (Box-Muller).</summary>
    public double NextNormal() => Math.Sqrt(-2.0 * Math.Log(1.0 - NextDouble())) * Math.Cos(2.0 * Math.PI * NextDouble());

    /// <summary>True with this probability.</summary>
    public bool Happens(double probability) => probability > 0 && NextDouble() < probability;
}
