namespace IotMqtt.Runner.Registry;

/// <summary>How devices are registered. DESIGN section 5.</summary>
public sealed record RegistrationOptions
{
    /// <summary>How long nothing may happen before the devices that are missing are missing. 5 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many devices are asked at a time. 256.</summary>
    public int Concurrency { get; init; } = 256;
}
