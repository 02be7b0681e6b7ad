using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Dispatch;

internal sealed partial class MqttWorld
{
    private static partial class Log
    {
        [LoggerMessage(3050, LogLevel.Warning, "{Reason} It is tried again; until then nothing is heard of what is in flight")]
        public static partial void BrokerLost(ILogger logger, string reason);

        [LoggerMessage(3051, LogLevel.Information, "The broker is back: what is in flight is sent again or asked for")]
        public static partial void BrokerBack(ILogger logger);
    }
}
