using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Messages;

/// <summary>Whether a device is there.</summary>
[JsonConverter(typeof(PresenceConverter))]
internal enum Presence
{
    /// <summary>It takes commands.</summary>
    [JsonStringEnumMemberName("online")]
    Online,

    /// <summary>It stopped, or the broker lost it.</summary>
    [JsonStringEnumMemberName("offline")]
    Offline,
}
