using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Dispatch.Loop;

/// <summary>What a run loop handles: a fact for the run, or something for the world to make facts of. Exactly one of the two.</summary>
internal readonly record struct LoopItem(Fact? Fact, WorldEvent? Event);
