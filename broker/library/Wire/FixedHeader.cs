using System.Buffers;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Wire;

/// <summary>The first bytes of a packet: type, flags and remaining length (MQTT 5, section 2.1).</summary>
internal readonly record struct FixedHeader(byte First, int Length, int BodyLength)
{
    public MqttControlPacketType Type => (MqttControlPacketType)(First >> 4);

    public int Flags => First & 0x0F;

    public int PacketLength => Length + BodyLength;

    /// <returns><see langword="false"/> if bytes are missing or, with a violation, if no packet can begin like this.</returns>
    public static bool TryRead(in ReadOnlySequence<byte> buffer, out FixedHeader header, out Violation? violation)
    {
        header = default;
        violation = null;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryRead(out var first))
        {
            return false;
        }

        var value = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            if (!reader.TryRead(out var part))
            {
                return false;
            }

            value |= (part & 0x7F) << shift;
            if ((part & 0x80) != 0)
            {
                continue;
            }

            if (part == 0 && shift > 0)
            {
                violation = Violation.Malformed("the remaining length is not written in the fewest bytes");
                return false;
            }

            header = new FixedHeader(first, (int)reader.Consumed, value);
            return true;
        }

        violation = Violation.Malformed("the remaining length has more than four bytes");
        return false;
    }
}
