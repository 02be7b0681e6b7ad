using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Messages;

/// <summary>Whether the connection of a device to the broker of its back end stands.</summary>
[JsonConverter(typeof(OwnConnectionConverter))]
internal enum OwnConnection
{
    /// <summary>It stands.</summary>
    [JsonStringEnumMemberName("up")]
    Up,

    /// <summary>It does not, or not yet again.</summary>
    [JsonStringEnumMemberName("down")]
    Down,
}

/// <summary>By name only: a number says nothing to a reader.</summary>
internal sealed class OwnConnectionConverter() : JsonStringEnumConverter<OwnConnection>(namingPolicy: null, allowIntegerValues: false);
