namespace IotMqtt.Broker.Hosting;

/// <summary>How the program ends.</summary>
internal static class ExitCode
{
    public const int Success = 0;
    public const int Unhealthy = 1;
    public const int InvalidOptions = 2;
    public const int CannotListen = 3;
}
