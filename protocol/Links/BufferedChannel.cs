using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;

namespace IotMqtt.Protocol.Links;

/// <summary>
/// Reads ahead: the client library reads a packet in two or three small pieces, each of which would be a system call.
/// One reader at a time, as the library has it.
/// </summary>
internal sealed class BufferedChannel(IMqttChannel inner, int size, TcpConnector? connector) : IMqttChannel
{
    private readonly byte[] _buffer = new byte[size];
    private int _start;
    private int _end;

    /// <summary>Whether the other side has said anything.</summary>
    public bool HasRead { get; private set; }

    public X509Certificate2? ClientCertificate => inner.ClientCertificate;

    public EndPoint? RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint? LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_start < _end)
        {
            return Task.FromResult(Take(buffer.AsSpan(offset, count)));
        }

        return count >= _buffer.Length
            ? ReadDirectlyAsync(buffer, offset, count, cancellationToken)
            : FillAsync(buffer, offset, count, cancellationToken);
    }

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    public void Dispose() => inner.Dispose();

    private async Task<int> ReadDirectlyAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(buffer, offset, count, cancellationToken).ConfigureAwait(false);
        HasRead |= read > 0;
        connector?.Acknowledge();
        return read;
    }

    private async Task<int> FillAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        _start = 0;
        _end = 0;
        _end = await inner.ReadAsync(_buffer, 0, _buffer.Length, cancellationToken).ConfigureAwait(false);
        HasRead |= _end > 0;
        connector?.Acknowledge();
        return Take(buffer.AsSpan(offset, count));
    }

    private int Take(Span<byte> destination)
    {
        var taken = Math.Min(destination.Length, _end - _start);
        _buffer.AsSpan(_start, taken).CopyTo(destination);
        _start += taken;
        return taken;
    }
}
