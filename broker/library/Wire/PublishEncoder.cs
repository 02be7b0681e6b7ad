using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using IotMqtt.Broker.Delivery;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Wire;

/// <summary>
/// Writes a PUBLISH (MQTT 5 and 3.1.1, section 3.3), its size known before its first byte. MQTTnet's encoder writes into buffers that it
/// does not grow everywhere: correlation data of 1,020 bytes or 500 subscription identifiers make it throw.
/// </summary>
internal readonly ref struct PublishEncoder
{
    private readonly OutgoingMessage _outgoing;
    private readonly MqttApplicationMessage _message;
    private readonly bool _isV5;
    private readonly uint? _expiry;
    private readonly int _topicSize;
    private readonly int _propertySize;
    private readonly long _bodySize;

    /// <param name="version">The client's version of the protocol.</param>
    /// <param name="outgoing">The message.</param>
    /// <param name="expiry">Seconds that are left of its time; <see langword="null"/>: it does not expire.</param>
    public PublishEncoder(MqttProtocolVersion version, OutgoingMessage outgoing, uint? expiry)
    {
        (_outgoing, _message, _isV5, _expiry) = (outgoing, outgoing.Shared.Message, version == MqttProtocolVersion.V500, expiry);
        _topicSize = Encoding.UTF8.GetByteCount(_message.Topic);
        _propertySize = _isV5 ? PropertySize() : 0;
        _bodySize = 2L + _topicSize + (_outgoing.PacketIdentifier == 0 ? 0 : 2) + (_isV5 ? IntegerSize(_propertySize) + _propertySize : 0) + _message.Payload.Length;
    }

    /// <summary>Bytes of the whole packet.</summary>
    public long Size => 1 + IntegerSize(_bodySize) + _bodySize;

    /// <summary>Writes all but the payload.</summary>
    /// <returns>How many bytes.</returns>
    public int WriteHeadTo(IBufferWriter<byte> output, bool isAgain)
    {
        var head = new Writer(output.GetSpan((int)(Size - _message.Payload.Length)));
        head.Byte((byte)(0x30 | (isAgain ? 0x08 : 0) | ((int)_outgoing.QoS << 1) | (_outgoing.Retain ? 1 : 0)));
        head.Integer((uint)_bodySize);
        head.Text(_message.Topic, _topicSize);
        if (_outgoing.PacketIdentifier != 0)
        {
            head.UInt16(_outgoing.PacketIdentifier);
        }

        if (_isV5)
        {
            WriteProperties(ref head);
        }

        output.Advance(head.Written);
        return head.Written;
    }

    private int PropertySize()
    {
        var size = (_message.PayloadFormatIndicator == MqttPayloadFormatIndicator.Unspecified ? 0 : 2) + (_expiry is null ? 0 : 5)
            + TextSize(_message.ContentType) + TextSize(_message.ResponseTopic) + (_message.CorrelationData is { } data ? 3 + data.Length : 0);
        foreach (var identifier in _outgoing.Identifiers ?? [])
        {
            size += 1 + IntegerSize(identifier);
        }

        foreach (var property in _message.UserProperties ?? [])
        {
            size += 5 + Encoding.UTF8.GetByteCount(property.Name) + property.ValueBuffer.Length;
        }

        return size;
    }

    private void WriteProperties(ref Writer head)
    {
        head.Integer((uint)_propertySize);
        if (_message.PayloadFormatIndicator != MqttPayloadFormatIndicator.Unspecified)
        {
            head.Byte((byte)PropertyId.PayloadFormatIndicator);
            head.Byte((byte)_message.PayloadFormatIndicator);
        }

        if (_expiry is { } expiry)
        {
            head.Byte((byte)PropertyId.MessageExpiryInterval);
            head.UInt32(expiry);
        }

        head.Text(PropertyId.ContentType, _message.ContentType);
        head.Text(PropertyId.ResponseTopic, _message.ResponseTopic);
        if (_message.CorrelationData is { } data)
        {
            head.Byte((byte)PropertyId.CorrelationData);
            head.Binary(data);
        }

        foreach (var identifier in _outgoing.Identifiers ?? [])
        {
            head.Byte((byte)PropertyId.SubscriptionIdentifier);
            head.Integer(identifier);
        }

        foreach (var property in _message.UserProperties ?? [])
        {
            head.Byte((byte)PropertyId.UserProperty);
            head.Text(property.Name, Encoding.UTF8.GetByteCount(property.Name));
            head.Binary(property.ValueBuffer.Span);
        }
    }

    private static int TextSize(string? text) => text is null ? 0 : 3 + Encoding.UTF8.GetByteCount(text);

    private static int IntegerSize(long value) => value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;

    private ref struct Writer(Span<byte> bytes)
    {
        private readonly Span<byte> _bytes = bytes;

        public int Written { get; private set; }

        public void Byte(byte value) => _bytes[Written++] = value;

        public void UInt16(ushort value)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_bytes[Written..], value);
            Written += 2;
        }

        public void UInt32(uint value)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_bytes[Written..], value);
            Written += 4;
        }

        public void Integer(uint value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                Byte((byte)(value | 0x80));
            }

            Byte((byte)value);
        }

        public void Binary(ReadOnlySpan<byte> value)
        {
            UInt16((ushort)value.Length);
            value.CopyTo(_bytes[Written..]);
            Written += value.Length;
        }

        public void Text(string value, int size)
        {
            UInt16((ushort)size);
            Written += Encoding.UTF8.GetBytes(value, _bytes[Written..]);
        }

        public void Text(PropertyId id, string? value)
        {
            if (value is not null)
            {
                Byte((byte)id);
                Text(value, Encoding.UTF8.GetByteCount(value));
            }
        }
    }
}
