using System.Text.Json.Serialization;
using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>What a device is: the payload of <c>{root}/devices/{id}/meta</c>, retained.</summary>
internal sealed record DeviceMeta
{
    /// <summary>The version of the contract that this library speaks.</summary>
    public const int ContractVersion = 1;

    /// <summary>The version of the contract that the device speaks.</summary>
    public int Contract { get; init; } = ContractVersion;

    /// <summary>The name of its model, such as <c>hue-light</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The hash of its model: <c>{root}/models/{hash}</c> describes it.</summary>
    public required ModelHash Hash { get; init; }

    /// <summary>Its labels, by name; none if empty.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The life of the device that wrote this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Incarnation? Incarnation { get; init; }
}
