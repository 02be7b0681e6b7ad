namespace IotMqtt.Devices.Hosting;

/// <summary>How the program ends.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Unhealthy = 1;
    public const int InvalidInput = 2;
    public const int BrokerUnreachable = 3;

    public static int Of(DeviceFleetErrorKind kind) => kind switch
    {
        DeviceFleetErrorKind.BrokerUnreachable or DeviceFleetErrorKind.BrokerRefused => BrokerUnreachable,
        _ => InvalidInput,
    };
}
