using System.IO.Pipelines;
using System.Net.WebSockets;

namespace IotMqtt.Broker.Listening;

/// <summary>
/// The binary messages of a WebSocket as two pipes; packets may span messages (MQTT 5, section 6). Text ends it. A WebSocket dies
/// of a read or a write that is cancelled, so whoever interrupts one of the pipes must not reach the socket: it is read and written
/// here, and what was written before an interruption still goes out.
/// </summary>
internal sealed class WebSocketTransport : IDuplexPipe, IAsyncDisposable
{
    private static readonly TimeSpan CloseTime = TimeSpan.FromMilliseconds(500);

    private readonly WebSocket _socket;
    private readonly Pipe _received = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Pipe _sent = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Task _sending;

    public WebSocketTransport(WebSocket socket)
    {
        _socket = socket;
        _ = ReceiveAsync(_received.Writer);
        _sending = SendAsync(_sent.Reader);
    }

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _sent.Writer;

    /// <summary>Both pipes have been completed. Sends what is left, for some time and no more, and says the end; waits for no answer.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sending.WaitAsync(Linger.Limit, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_sending.IsCompleted)
        {
            await SayEndAsync();
        }
        else
        {
            _socket.Abort();
        }
    }

    private async Task ReceiveAsync(PipeWriter received)
    {
        try
        {
            while (true)
            {
                // Reading zero bytes first waits without a buffer: an idle connection holds none.
                var begun = await _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (begun.MessageType != WebSocketMessageType.Binary)
                {
                    return;
                }

                if (begun.EndOfMessage)
                {
                    continue;
                }

                var read = await _socket.ReceiveAsync(received.GetMemory(), CancellationToken.None);
                received.Advance(read.Count);
                if ((await received.FlushAsync()).IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The peer is gone, or was let go.
        }
        finally
        {
            await received.CompleteAsync();
        }
    }

    private async Task SendAsync(PipeReader sent)
    {
        try
        {
            while (await sent.ReadAsync() is var written && !(written.IsCompleted && written.Buffer.IsEmpty))
            {
                foreach (var part in written.Buffer)
                {
                    await _socket.SendAsync(part, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
                }

                sent.AdvanceTo(written.Buffer.End);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The same: what is still written is dropped, and whoever waits for room goes on.
        }
        finally
        {
            await sent.CompleteAsync();
        }
    }

    private async Task SayEndAsync()
    {
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var deadline = new CancellationTokenSource(CloseTime, TimeProvider.System);
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // It does not read any more.
        }
    }

    private static bool IsEnd(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;
}
