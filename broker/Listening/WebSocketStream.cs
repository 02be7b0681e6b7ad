using System.Net.WebSockets;

namespace IotMqtt.Broker.Listening;

/// <summary>The binary messages of a WebSocket as a stream of bytes; packets may span messages (MQTT 5, section 6). Text ends it.</summary>
internal sealed class WebSocketStream(WebSocket socket) : Stream
{
    private static readonly TimeSpan CloseTime = TimeSpan.FromMilliseconds(500);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var result = await socket.ReceiveAsync(buffer, cancellationToken);
                if (result.MessageType != WebSocketMessageType.Binary)
                {
                    return 0;
                }

                // An empty message, or the end of one whose bytes have been read: not the end of the stream.
                if (result.Count > 0 || buffer.IsEmpty)
                {
                    return result.Count;
                }
            }
            catch (WebSocketException)
            {
                return 0;
            }
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await socket.SendAsync(buffer, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (WebSocketException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <summary>Says the end; waits for no answer.</summary>
    public async Task CloseAsync()
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var deadline = new CancellationTokenSource(CloseTime, TimeProvider.System);
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            socket.Abort();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
