using IotMqtt.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Registry;

internal sealed partial class RollCall
{
    private static partial class Log
    {
        [LoggerMessage(3030, LogLevel.Warning, "{Device} does not take part: {Reason}")]
        public static partial void Refused(ILogger logger, DeviceId device, string reason);

        [LoggerMessage(3031, LogLevel.Warning, "The status of {Device} is malformed and ignored: {Reason}")]
        public static partial void MalformedStatus(ILogger logger, DeviceId device, string reason);
    }
}
