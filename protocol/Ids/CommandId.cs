using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Ids;

/// <summary>
/// Which command of a run: 16 bytes, the Correlation Data of its publish. A re-send keeps it, a deliberate retry changes it.
/// As text: 32 lower-case hexadecimal digits.
/// </summary>
[JsonConverter(typeof(IdJsonConverter<CommandId>))]
internal readonly record struct CommandId(UInt128 Value) : IId<CommandId>
{
    /// <summary>The size on the wire, in bytes (big-endian).</summary>
    public const int Size = 16;

    /// <summary>Reads 32 hexadecimal digits; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out CommandId id)
    {
        id = default;
        if (text is not { Length: 2 * Size }
            || !UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        id = new CommandId(value);
        return true;
    }

    /// <summary>Reads 32 hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static CommandId Parse(string text) =>
        TryParse(text, out var id) ? id : throw NameGrammar.Refused("command id", text, "32 hexadecimal digits");

    /// <summary>Reads Correlation Data; false unless it has exactly 16 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CommandId id)
    {
        id = bytes.Length == Size ? new CommandId(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;
        return bytes.Length == Size;
    }

    /// <summary>Writes the 16 bytes of the Correlation Data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter than 16 bytes.</exception>
    public void WriteTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <summary>The 16 bytes of the Correlation Data, in an array of their own.</summary>
    public byte[] ToArray()
    {
        var bytes = GC.AllocateUninitializedArray<byte>(Size);
        WriteTo(bytes);
        return bytes;
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
