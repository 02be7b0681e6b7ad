using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Messages;

/// <summary>By name only: a number says nothing to a reader.</summary>
internal sealed class PresenceConverter() : JsonStringEnumConverter<Presence>(namingPolicy: null, allowIntegerValues: false);
