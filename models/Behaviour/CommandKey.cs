using System.Buffers.Binary;

namespace IotMqtt.Models.Behaviour;

/// <summary>What identifies a command to a device: its correlation data. Sixteen bytes, as our runs use, need no heap.</summary>
internal readonly struct CommandKey : IEquatable<CommandKey>
{
    private readonly UInt128 _short;
    private readonly byte[]? _long;

    /// <summary>The key of sixteen bytes.</summary>
    public CommandKey(UInt128 id) => _short = id;

    private CommandKey(byte[] bytes)
    {
        _long = bytes;
        _short = (UInt128)(ulong)System.IO.Hashing.XxHash3.HashToUInt64(bytes);
    }

    /// <summary>The key of any correlation data, copied; big-endian where it is sixteen bytes long.</summary>
    public static CommandKey Of(ReadOnlySpan<byte> correlation) =>
        correlation.Length == 16 ? new(BinaryPrimitives.ReadUInt128BigEndian(correlation)) : new(correlation.ToArray());

    /// <summary>The correlation data.</summary>
    public byte[] ToBytes()
    {
        if (_long is not null)
        {
            return _long;
        }

        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _short);
        return bytes;
    }

    /// <summary>The sixteen bytes as a number; of other lengths, a hash.</summary>
    public UInt128 ToId() => _short;

    /// <summary>Whether two keys are the same bytes.</summary>
    public static bool operator ==(CommandKey left, CommandKey right) => left.Equals(right);

    /// <summary>Whether two keys differ.</summary>
    public static bool operator !=(CommandKey left, CommandKey right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(CommandKey other) => _short == other._short
        && (_long is null ? other._long is null : other._long is not null && _long.AsSpan().SequenceEqual(other._long));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CommandKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _short.GetHashCode();

    /// <summary>Lower-case hex.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToBytes());
}
