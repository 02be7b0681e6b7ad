using IotMqtt.Models.Chance;

namespace IotMqtt.Models.Behaviour;

/// <summary>The chance of one command of one device, a stream for each field.</summary>
internal struct CommandChance(ulong seed)
{
    /// <summary>How long it takes.</summary>
    public SeededChance Takes = new(SeededChance.Derive(seed, "takes"));

    /// <summary>What <c>requires</c> draws.</summary>
    public SeededChance Requires = new(SeededChance.Derive(seed, "requires"));

    /// <summary>What <c>set</c>, <c>result</c> and <c>emits</c> draw.</summary>
    public SeededChance Effects = new(SeededChance.Derive(seed, "effects"));
}
