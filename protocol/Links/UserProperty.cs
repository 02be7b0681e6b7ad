using System.Text;

namespace IotMqtt.Protocol.Links;

/// <summary>A user property of a message (MQTT 5, section 3.3.2.3.7).</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value, UTF-8.</param>
public readonly record struct UserProperty(string Name, ReadOnlyMemory<byte> Value)
{
    /// <summary>A property with a text.</summary>
    public static UserProperty Of(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));

    /// <summary>The value as text.</summary>
    public string Text => Encoding.UTF8.GetString(Value.Span);

    /// <summary>Equal if names and bytes are.</summary>
    public bool Equals(UserProperty other) => Name == other.Name && Value.Span.SequenceEqual(other.Value.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Name, StringComparer.Ordinal);
        hash.AddBytes(Value.Span);
        return hash.ToHashCode();
    }
}
