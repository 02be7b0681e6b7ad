using System.Net;
using System.Net.Sockets;
using IotMqtt.Broker.Peers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace IotMqtt.Broker.Listening;

/// <summary>
/// Accepts connections as long as there is room for them. Kestrel's own listener takes every failure to accept for a peer that was
/// gone again and tries at once: at the limit of open files that is a core that spins, and a process that cannot open any file any more.
/// </summary>
internal sealed class SocketListener(Socket socket, SocketConnectionContextFactory contexts, Room room, bool isHttp) : IConnectionListener
{
    private readonly CancellationTokenSource _unbound = new();

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                await room.WaitAsync(isHttp, _unbound.Token);
                if (await TryAcceptAsync() is { } accepted)
                {
                    return accepted;
                }
            }
        }
        catch (Exception exception) when (IsUnbound(exception))
        {
            return null;
        }
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbound.CancelAsync();
        socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        contexts.Dispose();
    }

    private static bool IsUnbound(Exception exception) =>
        exception is OperationCanceledException or ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted };

    private async Task<ConnectionContext?> TryAcceptAsync()
    {
        Socket? accepted = null;
        try
        {
            accepted = await socket.AcceptAsync(_unbound.Token);
            accepted.NoDelay = true;
            var connection = new PeerConnection(contexts.Create(accepted), room, isHttp);
            room.Enter(connection);
            return connection;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            // It was gone again before it was accepted.
            accepted?.Dispose();
            return null;
        }
        catch (Exception exception) when (!IsUnbound(exception))
        {
            // No file, no memory, no assembly that could be loaded: it may be better soon, and nobody else would try again.
            accepted?.Dispose();
            await room.OnOutOfFilesAsync(exception.Message, _unbound.Token);
            return null;
        }
    }
}
