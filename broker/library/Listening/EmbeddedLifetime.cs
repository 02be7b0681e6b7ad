namespace IotMqtt.Broker.Listening;

/// <summary>Leaves signals alone: whoever embeds the broker decides when it stops. The default one would stop it on Ctrl-C.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
