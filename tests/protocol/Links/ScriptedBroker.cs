using System.Net;
using System.Net.Sockets;

namespace IotMqtt.Protocol.Tests.Links;

/// <summary>A peer that says exactly the bytes that a test wants said.</summary>
internal sealed class ScriptedBroker : IDisposable
{
    /// <summary>CONNACK of MQTT 5: success, no properties.</summary>
    public static readonly byte[] ConnAck = [0x20, 0x03, 0x00, 0x00, 0x00];

    /// <summary>DISCONNECT of MQTT 5: session taken over.</summary>
    public static readonly byte[] TakenOver = [0xE0, 0x02, 0x8E, 0x00];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ScriptedBroker() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    /// <summary>Accepts a connection and reads its first packet.</summary>
    public async Task<TcpClient> AcceptAsync(CancellationToken cancellationToken)
    {
        var peer = await _listener.AcceptTcpClientAsync(cancellationToken);
        await peer.GetStream().ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: true, cancellationToken);
        return peer;
    }

    /// <summary>Accepts a connection, reads its first packet and answers.</summary>
    public async Task<TcpClient> AcceptAsync(byte[] answer, CancellationToken cancellationToken)
    {
        var peer = await AcceptAsync(cancellationToken);
        await peer.GetStream().WriteAsync(answer, cancellationToken);
        return peer;
    }

    /// <summary>Reads one packet of less than 128 bytes, with its fixed header.</summary>
    public static async Task<byte[]> ReadPacketAsync(TcpClient peer, CancellationToken cancellationToken)
    {
        var header = new byte[2];
        await peer.GetStream().ReadExactlyAsync(header, cancellationToken);
        var packet = new byte[2 + header[1]];
        header.CopyTo(packet, 0);
        await peer.GetStream().ReadExactlyAsync(packet.AsMemory(2), cancellationToken);
        return packet;
    }
}
