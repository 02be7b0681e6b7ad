using System.IO.Pipelines;
using IotMqtt.Broker.Peers;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;

namespace IotMqtt.Broker.Connections;

/// <summary>Brings the connections of all listeners to MQTTnet.Server, from their first byte to their end.</summary>
internal sealed class ConnectionHost(ConnectionSet connections) : IMqttServerAdapter
{
    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <summary>Set by the broker before the listeners start.</summary>
    public Surroundings? Around { get; set; }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger) => Task.CompletedTask;

    public Task StopAsync() => Task.CompletedTask;

    public void Dispose()
    {
    }

    /// <summary>Serves one connection; returns when it has ended.</summary>
    public async Task RunAsync(IDuplexPipe transport, Peer peer)
    {
        if (ClientHandler is not { } handler)
        {
            peer.Abort();
            return;
        }

        using var connection = new Connection(transport, peer, Around!);
        connections.Add(connection);
        try
        {
            await handler(connection);
        }
        finally
        {
            connection.Settle();
            connection.LeaveGate();
            connections.Remove(connection);
            await transport.Input.CompleteAsync();
            await transport.Output.CompleteAsync();
        }
    }
}
