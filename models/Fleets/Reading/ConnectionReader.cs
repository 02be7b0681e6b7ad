using IotMqtt.Models.Fleets.Connections;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>
/// Reads <c>connection:</c>, of a fleet and of an entry: the keys of the entry stand before those of the fleet. What is computed is left as
/// it is written until the device is known.
/// </summary>
internal static class ConnectionReader
{
    /// <summary>The texts that may be computed, by key.</summary>
    public static readonly string[] TextKeys = ["username", "password", "client-id", "ca-file", "certificate-file", "key-file", "server-name"];

    /// <summary>Reads one.</summary>
    /// <returns>Null, with an error, where it is no mapping.</returns>
    public static ConnectionShape? Read(YamlNode node, DiagnosticBag diagnostics)
    {
        if (MapReader.Open(node, "connection", diagnostics) is not { } map)
        {
            return null;
        }

        var shape = new ConnectionShape(map.At)
        {
            Urls = map.Has("url") ? map.OneOrList("url") : null,
            Texts = TextKeys.Select(key => (Key: key, Node: map.Take(key))).Where(text => text.Node is not null).ToDictionary(text => text.Key, text => text.Node!),
            KeepAlive = map.Duration("keep-alive"),
            CleanStart = map.Boolean("clean-start"),
            SessionExpiry = map.Duration("session-expiry"),
            Version = map.OneOf("version", ("5", MqttVersion.V5), ("5.0", MqttVersion.V5), ("3.1.1", MqttVersion.V311)),
        };
        map.Done();
        Check(map, shape, diagnostics);
        return shape;
    }

    private static void Check(MapReader map, ConnectionShape shape, DiagnosticBag diagnostics)
    {
        if (map.Map.Entries.Count == 0)
        {
            diagnostics.Error(map.At, "this connection says nothing", "write url, username, client-id or another of its keys");
        }

        if (shape.Urls is { Count: 0 })
        {
            diagnostics.Error(map.At, "url names no broker", "write url: mqtt://host:1883");
        }

        if (shape.KeepAlive is { } keepAlive && (keepAlive < TimeSpan.FromSeconds(1) || keepAlive > TimeSpan.FromSeconds(ushort.MaxValue)))
        {
            diagnostics.Error(map.Take("keep-alive")!.At, "keep-alive must be from 1s to 65535s: MQTT counts whole seconds");
        }

        if (shape.SessionExpiry is { } expiry && expiry.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            diagnostics.Error(map.Take("session-expiry")!.At, "session-expiry must be whole seconds: MQTT counts them");
        }

        if (shape.Texts.ContainsKey("key-file") && !shape.Texts.ContainsKey("certificate-file"))
        {
            diagnostics.Error(shape.Texts["key-file"].At, "key-file needs the key \"certificate-file\"");
        }
    }
}
