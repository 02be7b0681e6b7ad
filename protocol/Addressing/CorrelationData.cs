using System.Diagnostics.CodeAnalysis;
using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Addressing;

/// <summary>
/// The Correlation Data of a request, which its answer carries back unchanged: at most 64 bytes of anything. A run's
/// commands carry a <see cref="CommandId"/>. Equal if the bytes are.
/// </summary>
internal readonly struct CorrelationData : IEquatable<CorrelationData>
{
    /// <summary>The longest that is answered to, in bytes.</summary>
    public const int MaxBytes = 64;

    private CorrelationData(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The bytes; not to be changed.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether there are no bytes, which MQTT does not tell from absent.</summary>
    public bool IsEmpty => Bytes.IsEmpty;

    /// <summary>Takes bytes as they are, without a copy; false if there are more than <see cref="MaxBytes"/>.</summary>
    public static bool TryCreate(ReadOnlyMemory<byte> bytes, out CorrelationData correlation)
    {
        var fits = bytes.Length <= MaxBytes;
        correlation = fits ? new CorrelationData(bytes) : default;
        return fits;
    }

    /// <summary>The Correlation Data of a command.</summary>
    public static CorrelationData From(CommandId id) => new(id.ToArray());

    /// <summary>Reads the id of a command; false unless there are exactly 16 bytes.</summary>
    public bool TryGetCommandId(out CommandId id) => CommandId.TryRead(Bytes.Span, out id);

    /// <inheritdoc/>
    public bool Equals(CorrelationData other) => Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is CorrelationData other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    /// <summary>The bytes in hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes.Span);

    /// <summary>Equal if the bytes are.</summary>
    public static bool operator ==(CorrelationData left, CorrelationData right) => left.Equals(right);

    /// <summary>Equal if the bytes are.</summary>
    public static bool operator !=(CorrelationData left, CorrelationData right) => !left.Equals(right);
}
