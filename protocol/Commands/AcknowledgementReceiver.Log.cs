using IotMqtt.Protocol.Ids;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Protocol.Commands;

internal static partial class AcknowledgementLog
{
    [LoggerMessage(4101, LogLevel.Warning, "An acknowledgement from {Device} is ignored: {Reason}")]
    public static partial void MalformedAcknowledgement(this ILogger logger, DeviceId device, string reason);

    [LoggerMessage(4102, LogLevel.Debug, "An acknowledgement from {Device} is ignored: nobody waits for it")]
    public static partial void ForeignAcknowledgement(this ILogger logger, DeviceId device);
}
