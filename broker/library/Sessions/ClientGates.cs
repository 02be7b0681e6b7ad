namespace IotMqtt.Broker.Sessions;

/// <summary>
/// Lets one connection of a client id at a time begin or end. MQTTnet 5.2 checks whether a connection was taken over and then
/// removes session and connection by client id in separate steps: a client that reconnects just then would lose its new session.
/// </summary>
internal sealed class ClientGates : IDisposable
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <returns>The gate; <see langword="null"/> where somebody is in it.</returns>
    public SemaphoreSlim? TryEnter(string clientId) => Of(clientId) is var gate && gate.Wait(0) ? gate : null;

    public async ValueTask<SemaphoreSlim> EnterAsync(string clientId, CancellationToken cancellationToken)
    {
        var gate = Of(clientId);
        await gate.WaitAsync(cancellationToken);
        return gate;
    }

    private SemaphoreSlim Of(string clientId) => _gates[(uint)string.GetHashCode(clientId, StringComparison.Ordinal) % _gates.Length];

    public void Dispose() => Array.ForEach(_gates, gate => gate.Dispose());
}
