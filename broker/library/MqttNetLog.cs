using MQTTnet.Diagnostics.Logger;

namespace IotMqtt.Broker;

/// <summary>What MQTTnet logs. Its levels are not ours: a peer that goes away is an error to it. Its errors are warnings here, the rest is for debugging.</summary>
internal sealed partial class MqttNetLog(ILogger<MqttNetLog> logger) : IMqttNetLogger
{
    public bool IsEnabled => logger.IsEnabled(LogLevel.Warning);

    public void Publish(MqttNetLogLevel level, string source, string message, object[]? parameters, Exception? exception)
    {
        if (level == MqttNetLogLevel.Error)
        {
            LogError(source, Text(message, parameters), exception);
        }
        else if (logger.IsEnabled(LogLevel.Trace))
        {
            LogRest(source, Text(message, parameters), exception);
        }
    }

    private static string Text(string message, object[]? parameters) =>
        parameters is { Length: > 0 } ? string.Format(null, message, parameters) : message;

    [LoggerMessage(1901, LogLevel.Warning, "MQTTnet ({Source}): {Text}")]
    private partial void LogError(string source, string text, Exception? exception);

    [LoggerMessage(1902, LogLevel.Trace, "MQTTnet ({Source}): {Text}")]
    private partial void LogRest(string source, string text, Exception? exception);
}
