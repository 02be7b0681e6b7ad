using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace IotMqtt.Broker.Wire;

/// <summary>Writes packets, one writer at a time. Enter, write what belongs together, flush, leave.</summary>
[SuppressMessage("Design", "CA1001", Justification = "the semaphore's handle is never taken; a late sender may still wait for its turn")]
internal sealed class FrameWriter(PipeWriter output)
{
    private readonly SemaphoreSlim _turn = new(1);

    public long BytesWritten { get; private set; }

    /// <summary>Bytes written since the last flush.</summary>
    public long Unflushed { get; private set; }

    public Task EnterAsync(CancellationToken cancellationToken) => _turn.WaitAsync(cancellationToken);

    public void Leave() => _turn.Release();

    /// <summary>Encodes a packet into the pipe.</summary>
    /// <returns><see langword="false"/> if it has more bytes than <paramref name="limit"/>; then nothing is written.</returns>
    public bool TryWrite(MqttProtocolVersion version, MqttPacket packet, long limit = long.MaxValue) =>
        Codec.Encode(version, packet, (this, limit), static (state, bytes) => state.Item1.TryCopy(bytes, state.limit));

    /// <summary>Writes a PUBLISH up to its payload.</summary>
    public void WriteHead(in PublishEncoder encoder, bool isAgain) => Count(encoder.WriteHeadTo(output, isAgain));

    public void Write(in ReadOnlySequence<byte> bytes)
    {
        foreach (var part in bytes)
        {
            output.Write(part.Span);
        }

        Count(bytes.Length);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        Unflushed = 0;
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>Ends a flush that a peer holds up by not reading.</summary>
    public void Interrupt() => output.CancelPendingFlush();

    private bool TryCopy(MqttPacketBuffer bytes, long limit)
    {
        if (bytes.Length > limit)
        {
            return false;
        }

        output.Write(bytes.Packet);
        foreach (var part in bytes.Payload)
        {
            output.Write(part.Span);
        }

        Count(bytes.Length);
        return true;
    }

    private void Count(long bytes)
    {
        BytesWritten += bytes;
        Unflushed += bytes;
    }
}
