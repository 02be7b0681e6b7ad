using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace IotMqtt.Broker.Wire;

/// <summary>
/// MQTTnet's packet codec, one per thread and protocol version instead of one per connection: encoding and decoding never
/// await, and a codec holds two buffers that 15,000 idle connections would keep.
/// </summary>
internal static class Codec
{
    /// <summary>Says a connection's version to MQTTnet.Server, which asks these for nothing else.</summary>
    public static readonly MqttPacketFormatterAdapter Unknown = new(new MqttBufferWriter(0, 0));

    private static readonly MqttPacketFormatterAdapter V311 = new(MqttProtocolVersion.V311, new MqttBufferWriter(0, 0));
    private static readonly MqttPacketFormatterAdapter V500 = new(MqttProtocolVersion.V500, new MqttBufferWriter(0, 0));

    [ThreadStatic]
    private static MqttPacketFormatterAdapter? _v311;

    [ThreadStatic]
    private static MqttPacketFormatterAdapter? _v500;

    public static MqttPacketFormatterAdapter Label(MqttProtocolVersion version) => version switch
    {
        MqttProtocolVersion.V500 => V500,
        MqttProtocolVersion.V311 => V311,
        _ => Unknown,
    };

    public static MqttPacket Decode(MqttProtocolVersion version, FixedHeader header, ArraySegment<byte> body) =>
        OfThread(version).Decode(new ReceivedMqttPacket(header.First, body, header.PacketLength));

    /// <summary>Encodes a packet and hands its bytes to <paramref name="use"/>; they are valid until that returns.</summary>
    public static TResult Encode<TState, TResult>(
        MqttProtocolVersion version, MqttPacket packet, TState state, Func<TState, MqttPacketBuffer, TResult> use)
    {
        var codec = OfThread(version);
        var isDone = false;
        try
        {
            var result = use(state, codec.Encode(packet));
            isDone = true;
            return result;
        }
        finally
        {
            if (isDone)
            {
                codec.Cleanup();
            }
            else
            {
                // It may keep half a packet; the next one would begin with that.
                (_v311, _v500) = (null, null);
            }
        }
    }

    private static MqttPacketFormatterAdapter OfThread(MqttProtocolVersion version) => version == MqttProtocolVersion.V500
        ? _v500 ??= new MqttPacketFormatterAdapter(MqttProtocolVersion.V500, new MqttBufferWriter(4096, 65_536))
        : _v311 ??= new MqttPacketFormatterAdapter(MqttProtocolVersion.V311, new MqttBufferWriter(4096, 65_536));
}
