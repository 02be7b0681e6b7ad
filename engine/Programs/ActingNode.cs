using System.Collections.Immutable;

namespace IotMqtt.Engine.Programs;

/// <summary>A node that acts on the world: it may expect something to follow, or nothing to.</summary>
public abstract record ActingNode : Node
{
    /// <summary>What must be seen.</summary>
    public ImmutableArray<Expectation> Expect { get; init; } = [];

    /// <summary>Whether what must be seen must be seen in the order in which it is written.</summary>
    public bool InOrder { get; init; }

    /// <summary>What must not be seen.</summary>
    public ImmutableArray<Expectation> Never { get; init; } = [];
}
