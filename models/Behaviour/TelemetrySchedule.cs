using System.Collections.Immutable;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;

namespace IotMqtt.Models.Behaviour;

/// <summary>When a device publishes which reading next. The first comes within one period, so that a fleet does not report in step.</summary>
internal sealed class TelemetrySchedule
{
    // A model may not keep a worker busy with a period of nothing.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly ImmutableArray<TelemetryDefinition> _definitions;
    private readonly Slot[] _slots;

    public TelemetrySchedule(ImmutableArray<TelemetryDefinition> definitions, ulong seed, TimeSpan now)
    {
        _definitions = definitions;
        _slots = new Slot[definitions.Length];
        for (var at = 0; at < _slots.Length; at++)
        {
            ref var slot = ref _slots[at];
            slot.Chance = new SeededChance(SeededChance.Derive(seed, "telemetry/" + definitions[at].Name));
            slot.Due = now + (Period(at, ref slot.Chance) * slot.Chance.NextDouble());
        }

        Started = now;
        NextDue = Earliest();
    }

    public TimeSpan Started { get; }

    public TimeSpan NextDue { get; private set; }

    /// <summary>The next reading that is due by now, its place in the model, how many of it there were before, and its seed; null: none.</summary>
    public (TelemetryDefinition Reading, int Index, long Count, ulong Seed)? Take(TimeSpan now)
    {
        if (NextDue > now)
        {
            return null;
        }

        var at = Array.FindIndex(_slots, slot => slot.Due == NextDue);
        ref var slot = ref _slots[at];
        var period = Period(at, ref slot.Chance);

        // Punctual on average; but what was missed is not made up for.
        slot.Due = slot.Due + period > now ? slot.Due + period : now + period;
        var count = slot.Count++;
        NextDue = Earliest();
        return (_definitions[at], at, count, slot.Chance.NextUInt64());
    }

    private TimeSpan Period(int at, ref SeededChance chance)
    {
        var period = _definitions[at].Every.Sample(ref chance);
        return period < Shortest ? Shortest : period;
    }

    private TimeSpan Earliest()
    {
        var earliest = TimeSpan.MaxValue;
        foreach (ref readonly var slot in _slots.AsSpan())
        {
            earliest = slot.Due < earliest ? slot.Due : earliest;
        }

        return earliest;
    }

    private struct Slot
    {
        public TimeSpan Due;
        public long Count;
        public SeededChance Chance;
    }
}
