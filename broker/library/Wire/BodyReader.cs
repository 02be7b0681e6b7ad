using System.Buffers.Binary;
using System.Text.Unicode;

namespace IotMqtt.Broker.Wire;

/// <summary>
/// Walks the body of a packet before it is decoded. The first thing that is wrong is kept; what is read after it is empty, so
/// that rules can be written down without a check after every field.
/// </summary>
internal ref struct BodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    public Violation? Violation { get; private set; }

    public readonly bool IsAtEnd => Violation is not null || _rest.IsEmpty;

    public readonly int Left => _rest.Length;

    public byte Byte(string what)
    {
        var bytes = Take(1, what);
        return bytes.IsEmpty ? default : bytes[0];
    }

    public ushort UInt16(string what)
    {
        var bytes = Take(2, what);
        return bytes.IsEmpty ? default : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public uint UInt32(string what)
    {
        var bytes = Take(4, what);
        return bytes.IsEmpty ? default : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <summary>A variable byte integer, in the fewest bytes (MQTT 5, section 1.5.5).</summary>
    public int VariableInteger(string what)
    {
        var value = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var part = Byte(what);
            value |= (part & 0x7F) << shift;
            if ((part & 0x80) == 0)
            {
                if (part == 0 && shift > 0)
                {
                    Fail(Violation.Malformed($"{what} is not written in the fewest bytes"));
                }

                return Violation is null ? value : 0;
            }
        }

        Fail(Violation.Malformed($"{what} has more than four bytes"));
        return 0;
    }

    public ReadOnlySpan<byte> Binary(string what)
    {
        var length = UInt16(what);
        return length == 0 ? default : Take(length, what);
    }

    /// <summary>A UTF-8 string: well-formed, without U+0000 (section 1.5.4).</summary>
    public ReadOnlySpan<byte> Text(string what)
    {
        var bytes = Binary(what);
        if (bytes.Contains((byte)0) || !Utf8.IsValid(bytes))
        {
            Fail(Violation.Malformed($"{what} is no UTF-8 text"));
        }

        return bytes;
    }

    public ushort PacketIdentifier()
    {
        var identifier = UInt16("the packet identifier");
        Require(identifier != 0, Violation.Malformed("the packet identifier is 0"));
        return identifier;
    }

    /// <summary>Takes a part of its own, such as properties, which must not read beyond its end.</summary>
    public BodyReader Part(int length, string what) => new(Take(length, what));

    public void Require(bool holds, Violation otherwise)
    {
        if (!holds)
        {
            Fail(otherwise);
        }
    }

    public void Fail(Violation? violation) => Violation ??= violation;

    public void RequireEnd(string what) => Require(IsAtEnd, Violation.Malformed($"{what} has {_rest.Length} bytes more than its fields"));

    private ReadOnlySpan<byte> Take(int length, string what)
    {
        if (Violation is not null || _rest.Length < length)
        {
            Fail(Violation.Malformed($"{what} ends beyond the packet"));
            _rest = default;
            return default;
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
