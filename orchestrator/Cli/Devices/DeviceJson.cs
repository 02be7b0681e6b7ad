using System.Text.Json;
using System.Text.Json.Serialization;
using IotMqtt.Runner.Registry;

namespace IotMqtt.Orchestrator.Cli.Devices;

/// <summary>The devices as one JSON document.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<DeviceListing>))]
internal sealed partial class DeviceJson : JsonSerializerContext
{
    public static string Text(IReadOnlyList<DeviceListing> devices) => JsonSerializer.Serialize(devices, Default.IReadOnlyListDeviceListing);
}
