using Microsoft.Extensions.Logging;

namespace IotMqtt.Protocol.Links;

internal static partial class LinkLog
{
    [LoggerMessage(4001, LogLevel.Debug, "{ClientId} is connected to {Url}")]
    public static partial void Connected(this ILogger logger, string clientId, BrokerUrl url);

    [LoggerMessage(4002, LogLevel.Information, "{ClientId} has lost its connection and connects again: {Reason}")]
    public static partial void Lost(this ILogger logger, string clientId, string reason);

    [LoggerMessage(4003, LogLevel.Debug, "{ClientId} could not connect (attempt {Attempt}): {Reason}")]
    public static partial void AttemptFailed(this ILogger logger, string clientId, int attempt, string reason);

    [LoggerMessage(4004, LogLevel.Error, "{ClientId} is given up: {Reason}")]
    public static partial void GivenUp(this ILogger logger, string clientId, string reason);

    [LoggerMessage(4005, LogLevel.Error, "{ClientId}: the handler of {What} threw")]
    public static partial void HandlerThrew(this ILogger logger, string clientId, string what, Exception exception);

    [LoggerMessage(4006, LogLevel.Debug, "{ClientId}: a publish to {Topic} was not answered")]
    public static partial void PublishFailed(this ILogger logger, string clientId, string topic, Exception exception);

    [LoggerMessage(4007, LogLevel.Debug, "{ClientId}: a publish to {Topic} ended as {Outcome} and nobody waited for it")]
    public static partial void PostFailed(this ILogger logger, string clientId, string topic, PublishOutcome outcome);

    [LoggerMessage(4008, LogLevel.Warning, "{ClientId}: the broker refused a publish to {Topic} with reason code {ReasonCode}")]
    public static partial void PostRefused(this ILogger logger, string clientId, string topic, byte reasonCode);

    [LoggerMessage(4009, LogLevel.Debug, "{ClientId}: an answer to the broker did not go out")]
    public static partial void AnswerFailed(this ILogger logger, string clientId, Exception exception);
}
