namespace IotMqtt.Orchestrator.Cli;

/// <summary>Somebody who wants a command to end: Ctrl-C, or whoever stops the container.</summary>
internal interface IInterrupts
{
    /// <summary>Calls back at each interruption until the registration is disposed; how often it has happened is given, from 1.</summary>
    IDisposable Register(Action<int> interrupted);
}
