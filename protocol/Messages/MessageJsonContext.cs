using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotMqtt.Protocol.Messages;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(DeviceMeta))]
[JsonSerializable(typeof(DeviceStatus))]
[JsonSerializable(typeof(WorkerStatus))]
[JsonSerializable(typeof(WorkerLag))]
[JsonSerializable(typeof(DeviceState))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(QueryRequest))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(FaultRequest))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class MessageJsonContext : JsonSerializerContext;
