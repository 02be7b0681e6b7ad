using System.Text.Json.Serialization;

namespace IotMqtt.Devices.Health;

/// <summary>How a worker is, as it writes it down every few seconds.</summary>
/// <param name="At">When.</param>
/// <param name="Devices">How many devices it hosts.</param>
/// <param name="Online">How many of them are online.</param>
/// <param name="Away">How many are away on purpose, and need no mending.</param>
/// <param name="Taken">How many another client has taken over.</param>
internal sealed record HealthReport(DateTimeOffset At, int Devices, int Online, int Away, int Taken = 0)
{
    /// <summary>How often it is written.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Fresh = 5 * Interval;

    /// <summary>What is wrong; null: nothing.</summary>
    public string? Problem(DateTimeOffset now) =>
        now - At > Fresh ? $"the worker has said nothing since {At:O}"
        : Taken > 0 ? $"{Online} of {Devices} devices are online: {Taken} are taken over by another client"
        : Online + Away < Devices ? $"{Online} of {Devices} devices are online"
        : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJsonContext : JsonSerializerContext;
