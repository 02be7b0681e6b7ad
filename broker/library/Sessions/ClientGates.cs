namespace IotMqtt.Broker.Sessions;

/// <summary>
/// Lets one connection of a client id at a time begin or end. MQTTnet 5.2 checks whether a connection was taken over and then
/// removes session and connection by client id in separate steps: a client that reconnects just then would lose its new session.
/// </summary>
internal sealed class ClientGates : IDisposable
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    public async ValueTask<SemaphoreSlim> EnterAsync(string clientId, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)string.GetHashCode(clientId, StringComparison.Ordinal) % _gates.Length];
        await gate.WaitAsync(cancellationToken);
        return gate;
    }

    public void Dispose() => Array.ForEach(_gates, gate => gate.Dispose());
}
