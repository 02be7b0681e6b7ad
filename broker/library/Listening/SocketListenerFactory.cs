using System.Net;
using System.Net.Sockets;
using IotMqtt.Broker.Peers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace IotMqtt.Broker.Listening;

/// <summary>Opens the sockets for Kestrel.</summary>
/// <param name="room">The room that all listeners share.</param>
/// <param name="loggers">Where Kestrel's connections log.</param>
internal sealed class SocketListenerFactory(Room room, ILoggerFactory loggers) : IConnectionListenerFactory
{
    private const int Backlog = 4_096;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = Bind(endpoint);
        socket.Listen(Backlog);
        var logger = loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets");
        var contexts = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), logger);
        return ValueTask.FromResult<IConnectionListener>(new SocketListener(socket, contexts, room, endpoint is ListenEndPoint { IsHttp: true }));
    }

    private static Socket Bind(EndPoint endpoint)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // What Kestrel makes its message of, which names the address.
            throw new AddressInUseException(exception.Message, exception);
        }
    }
}
