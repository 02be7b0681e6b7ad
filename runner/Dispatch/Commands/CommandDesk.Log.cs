using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Dispatch.Commands;

internal sealed partial class CommandDesk
{
    private static partial class Log
    {
        [LoggerMessage(3020, LogLevel.Debug, "An acknowledgement of {Device} to {Correlation} ({Status}) is ignored: no command of it is open")]
        public static partial void Ignored(ILogger logger, DeviceId device, CorrelationData correlation, AcknowledgementStatus status);

        [LoggerMessage(3023, LogLevel.Debug, "An acknowledgement of {Device} to {Id} is ignored: it is for epoch {Epoch}, which is not this one")]
        public static partial void Outdated(ILogger logger, DeviceId device, CommandId id, long epoch);

        [LoggerMessage(3021, LogLevel.Warning, "{Device} refused the message of {Id}, which settles nothing: {Code}, {Reason}")]
        public static partial void Refused(ILogger logger, DeviceId device, CommandId id, string code, string reason);

        [LoggerMessage(3022, LogLevel.Warning, "A malformed acknowledgement of {Device} to {Id} is ignored: {Reason}")]
        public static partial void Malformed(ILogger logger, DeviceId device, CommandId id, string reason);
    }
}
