using System.Net;
using System.Net.Sockets;
using IotMqtt.Testing;

namespace IotMqtt.Broker.Tests.Support;

/// <summary>A socket that says just what a test wants, valid or not.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <param name="port">The broker's, on 127.0.0.1.</param>
    /// <param name="from">The address to come from: all of 127.0.0.0/8 is this machine.</param>
    public RawClient(int port, string? from = null)
    {
        if (from is not null)
        {
            _socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        }

        _socket.Connect(IPAddress.Loopback, port);
    }

    public Socket Socket => _socket;

    public ValueTask<int> SendAsync(params byte[] bytes) => _socket.SendAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Connects properly, and asserts that the broker accepted.</summary>
    public async Task ConnectAsync(string clientId, byte version = 5, bool clean = true)
    {
        await SendAsync(Packets.Connect(clientId, version, clean));
        var answer = await ReceivePacketAsync();
        Assert.Equal(0x20, answer[0]);
        Assert.Equal(0, answer[3]);
    }

    /// <summary>One packet; empty at the end of the connection.</summary>
    public async Task<byte[]> ReceivePacketAsync()
    {
        var head = new byte[2];
        if (!await FillAsync(head))
        {
            return [];
        }

        var length = head[1] & 0x7F;
        var packet = new List<byte>(head);
        for (var shift = 7; (packet[^1] & 0x80) != 0; shift += 7)
        {
            var next = new byte[1];
            Assert.True(await FillAsync(next));
            length |= (next[0] & 0x7F) << shift;
            packet.Add(next[0]);
        }

        var body = new byte[length];
        Assert.True(await FillAsync(body));
        packet.AddRange(body);
        return [.. packet];
    }

    /// <summary>Reads until the broker closes, and returns what it said.</summary>
    public async Task<byte[]> UntilClosedAsync()
    {
        var all = new List<byte>();
        var buffer = new byte[4096];
        try
        {
            for (int read; (read = await ReceiveAsync(buffer)) > 0;)
            {
                all.AddRange(buffer.AsSpan(0, read));
            }
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed while there was something to read: closed all the same.
        }

        return [.. all];
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<int> ReceiveAsync(Memory<byte> buffer)
    {
        var token = TestContext.Current.CancellationToken;
        return Eventually.Async("the broker sends or closes", _socket.ReceiveAsync(buffer, token).AsTask(), token);
    }

    private async Task<bool> FillAsync(Memory<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var read = await ReceiveAsync(buffer);
            if (read == 0)
            {
                return false;
            }

            buffer = buffer[read..];
        }

        return true;
    }
}
