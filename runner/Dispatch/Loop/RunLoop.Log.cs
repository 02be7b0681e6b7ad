using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Dispatch.Loop;

internal sealed partial class RunLoop
{
    private static partial class Log
    {
        [LoggerMessage(3010, LogLevel.Error, "The run cannot go on")]
        public static partial void Broken(ILogger logger, Exception exception);
    }
}
