using IotMqtt.Models.Fleets.Connections;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>A <c>connection:</c> as it is written.</summary>
/// <param name="At">Where it begins.</param>
internal sealed record ConnectionShape(SourcePosition At)
{
    /// <summary>The brokers; null: not said.</summary>
    public IReadOnlyList<YamlNode>? Urls { get; init; }

    /// <summary>The texts, by key.</summary>
    public required IReadOnlyDictionary<string, YamlNode> Texts { get; init; }

    public TimeSpan? KeepAlive { get; init; }

    public bool? CleanStart { get; init; }

    public TimeSpan? SessionExpiry { get; init; }

    public MqttVersion? Version { get; init; }

    /// <summary>This one over another one: what this one does not say is as the other one says.</summary>
    public ConnectionShape Over(ConnectionShape? other)
    {
        if (other is null)
        {
            return this;
        }

        var texts = new Dictionary<string, YamlNode>(other.Texts);
        foreach (var (key, node) in Texts)
        {
            texts[key] = node;
        }

        return new ConnectionShape(At)
        {
            Urls = Urls ?? other.Urls,
            Texts = texts,
            KeepAlive = KeepAlive ?? other.KeepAlive,
            CleanStart = CleanStart ?? other.CleanStart,
            SessionExpiry = SessionExpiry ?? other.SessionExpiry,
            Version = Version ?? other.Version,
        };
    }
}
