using IotMqtt.Runner.Dispatch.Commands;

namespace IotMqtt.Runner.Dispatch.Loop;

/// <summary>How a world speaks to the loop that owns it, from any thread.</summary>
/// <param name="Sink">Takes facts.</param>
/// <param name="Happened">Takes what the world itself has to look at.</param>
/// <param name="Broken">Ends the run: it cannot go on.</param>
internal sealed record RunLoopPorts(IWorldSink Sink, Action<WorldEvent> Happened, Action<Exception> Broken);
