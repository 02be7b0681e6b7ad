namespace IotMqtt.Orchestrator.Cli;

/// <summary>What the exit codes of <c>iotmqtt</c> mean. DESIGN section 10.</summary>
internal static class ExitCodes
{
    public const int Succeeded = 0;

    public const int Failed = 1;

    /// <summary>An option, a file or a report's path is not valid.</summary>
    public const int InvalidInput = 2;

    public const int BrokerUnreachable = 3;

    public const int DevicesMissing = 4;

    public const int Unanswered = 5;

    public const int Interrupted = 130;
}
