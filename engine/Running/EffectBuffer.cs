using System.Runtime.InteropServices;

namespace IotMqtt.Engine.Running;

/// <summary>Collects the effects of a fact, in order. To be reused.</summary>
internal sealed class EffectBuffer
{
    private readonly List<Effect> _effects = [];

    /// <summary>The effects, in the order in which they are to be performed. Valid until the buffer changes.</summary>
    public ReadOnlySpan<Effect> Effects => CollectionsMarshal.AsSpan(_effects);

    /// <summary>How many there are.</summary>
    public int Count => _effects.Count;

    /// <summary>Forgets them.</summary>
    public void Clear() => _effects.Clear();

    internal void Add(Effect effect) => _effects.Add(effect);
}
