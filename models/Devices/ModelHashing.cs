using System.IO.Hashing;

namespace IotMqtt.Models.Devices;

/// <summary>The stable hash of a model.</summary>
internal static class ModelHashing
{
    /// <summary>The model with the hash of its canonical JSON.</summary>
    public static DeviceModel Seal(DeviceModel model) => model with { Hash = Convert.ToHexStringLower(XxHash128.Hash(ModelJson.Write(model))) };
}
