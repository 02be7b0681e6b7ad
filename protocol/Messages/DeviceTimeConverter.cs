using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Messages;

internal sealed class DeviceTimeConverter : JsonConverter<DeviceTime>
{
    public override DeviceTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
        && reader.TryGetDouble(out var milliseconds)
        && DeviceTime.TryFromUnixMilliseconds(milliseconds, out var time)
            ? time
            : throw new JsonException("Not a moment in milliseconds.");

    public override void Write(Utf8JsonWriter writer, DeviceTime value, JsonSerializerOptions options) => value.WriteTo(writer);
}
