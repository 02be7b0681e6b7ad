using IotMqtt.Engine.Running;

namespace IotMqtt.Engine.Worlds;

/// <summary>Nobody listens yet: what happens before a run begins is no fact of it.</summary>
internal sealed class NoFacts : IFactSink
{
    public static NoFacts Instance { get; } = new();

    public void Post(Fact fact)
    {
    }
}
