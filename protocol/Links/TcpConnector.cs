using System.Net;
using System.Net.Sockets;
using MQTTnet.Channel;

namespace IotMqtt.Protocol.Links;

/// <summary>
/// Makes the TCP connection of a link. Buffers are the system's to size: the library's own 8 KiB would throttle a burst.
/// </summary>
internal sealed class TcpConnector(bool quickAck) : IMqttClientStreamProvider
{
    // <linux/tcp.h>; .NET has no name for it.
    private const int LevelTcp = 6;
    private const int TcpQuickAck = 12;

    private static readonly byte[] On = BitConverter.GetBytes(1);

    private Socket? _socket;

    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(brokerEndPoint, cancellationToken).ConfigureAwait(false);
            _socket = socket;
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Something was read: acknowledges it at once instead of 40 ms later, if that is wanted and the system can.</summary>
    public void Acknowledge()
    {
        if (!quickAck || !OperatingSystem.IsLinux() || _socket is not { } socket)
        {
            return;
        }

        try
        {
            // The system forgets it again, so it is said after every read.
            socket.SetRawSocketOption(LevelTcp, TcpQuickAck, On);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Closed meanwhile; the next read says so.
        }
    }
}
