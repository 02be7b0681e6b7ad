using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Wire;

/// <summary>
/// Cuts a byte stream into packets, checks them and has them decoded. Nothing is allocated for a length that was only announced,
/// and an incomplete packet at the end of the stream is the end.
/// </summary>
internal sealed class FrameReader(PipeReader input)
{
    /// <summary>Client id, will, user name and password have at most 64 KiB each; nobody needs all of that.</summary>
    public const int MaxConnectSize = 128 * 1024;

    public MqttProtocolVersion Version { get; private set; } = MqttProtocolVersion.Unknown;

    /// <summary>Bytes of one packet; the CONNECT has its own bound.</summary>
    public required int MaxPacketSize { get; init; }

    public long BytesRead { get; private set; }

    /// <summary>Makes a pending or the next <see cref="ReadAsync"/> return interrupted.</summary>
    public void Interrupt() => input.CancelPendingRead();

    public async ValueTask<Inbound> ReadAsync()
    {
        while (true)
        {
            var result = await input.ReadAsync();
            var buffer = result.Buffer;
            var (consumed, inbound) = Take(buffer);
            // What is there was looked at to its end: reading again waits for more instead of spinning on the same bytes.
            input.AdvanceTo(consumed, inbound is { Packet: not null } ? consumed : buffer.End);
            if (inbound is { } found)
            {
                return found;
            }

            if (result.IsCanceled)
            {
                return Inbound.Interrupted;
            }

            if (result.IsCompleted)
            {
                return Inbound.End;
            }
        }
    }

    private (SequencePosition Consumed, Inbound? Inbound) Take(in ReadOnlySequence<byte> buffer)
    {
        if (!FixedHeader.TryRead(buffer, out var header, out var violation))
        {
            return (buffer.Start, violation is null ? null : new Inbound(Violation: violation));
        }

        if (CheckBeforeBody(header) is { } refused)
        {
            return (buffer.Start, new Inbound(Violation: refused));
        }

        if (buffer.Length < header.PacketLength)
        {
            return (buffer.Start, null);
        }

        var body = buffer.Slice(header.Length, header.BodyLength);
        BytesRead += header.PacketLength;
        return (body.End, Decode(header, body));
    }

    private Violation? CheckBeforeBody(FixedHeader header)
    {
        if (Version == MqttProtocolVersion.Unknown)
        {
            return header.Type != MqttControlPacketType.Connect || header.Flags != 0 ? Violation.Protocol("the first packet is no CONNECT")
                : header.PacketLength > MaxConnectSize ? TooLarge(header, MaxConnectSize)
                : null;
        }

        return PacketRules.CheckHeader(Version, header) ?? (header.PacketLength > MaxPacketSize ? TooLarge(header, MaxPacketSize) : null);
    }

    private Inbound Decode(FixedHeader header, in ReadOnlySequence<byte> body)
    {
        byte[]? rented = null;
        if (!body.IsSingleSegment || !MemoryMarshal.TryGetArray(body.First, out var segment))
        {
            rented = ArrayPool<byte>.Shared.Rent(header.BodyLength);
            body.CopyTo(rented);
            segment = new ArraySegment<byte>(rented, 0, header.BodyLength);
        }

        try
        {
            return CheckBody(header, segment, out var properties) is { } violation
                ? new Inbound(Violation: violation)
                : new Inbound(Codec.Decode(Version, header, segment), properties);
        }
        catch (MqttProtocolViolationException exception)
        {
            return new Inbound(Violation: Violation.Malformed(exception.Message));
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private Violation? CheckBody(FixedHeader header, ReadOnlySpan<byte> body, out PropertySet properties)
    {
        if (Version != MqttProtocolVersion.Unknown)
        {
            return PacketRules.CheckBody(Version, header, body, out properties);
        }

        properties = default;
        var violation = ConnectRules.Check(body, out var version);
        Version = version;
        return violation;
    }

    private static Violation TooLarge(FixedHeader header, int limit) =>
        new(MqttDisconnectReasonCode.PacketTooLarge, $"a {header.Type} announces {header.PacketLength} bytes; {limit} are allowed");
}
