using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Dispatch.Commands;

/// <summary>Where a command says what became of its publishes. From any thread.</summary>
internal interface IWorldSink : IFactSink
{
    /// <summary>A publish did not leave: there is no connection, or no room in its queue.</summary>
    void NotSent(OpenCommand command);
}
