using IotMqtt.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Dispatch.Links;

internal sealed partial class ControlPlane
{
    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Debug, "An acknowledgement of {Device} is ignored: nobody here waits for it")]
        public static partial void ForeignAcknowledgement(ILogger logger, DeviceId device);
    }
}
