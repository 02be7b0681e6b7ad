using System.Net;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

internal sealed partial class Connection
{
    [LoggerMessage(1101, LogLevel.Debug, "{Client} connected from {Remote}; session present: {IsSessionPresent}")]
    private partial void LogConnected(string client, EndPoint? remote, bool isSessionPresent);

    [LoggerMessage(1102, LogLevel.Information, "{Remote} sent no complete CONNECT in time; closed")]
    private partial void LogNoConnect(EndPoint? remote);

    [LoggerMessage(1103, LogLevel.Information, "{Client} was silent for longer than its keep-alive of {KeepAlive} s allows; closed")]
    private partial void LogSilent(string client, double keepAlive);

    [LoggerMessage(1104, LogLevel.Warning, "{Client} ({Remote}) broke the protocol: {Violation}; closed")]
    private partial void LogViolation(string client, EndPoint? remote, string violation);

    [LoggerMessage(1105, LogLevel.Information, "{Remote} was refused: {Violation}")]
    private partial void LogRefusedConnect(EndPoint? remote, string violation);

    [LoggerMessage(1109, LogLevel.Error, "sending to {Client} failed; its connection is closed")]
    private partial void LogSendingFailed(string client, Exception exception);

    [LoggerMessage(1108, LogLevel.Debug, "{Client} is gone: {Why}")]
    private partial void LogLost(string client, string why);

    [LoggerMessage(1107, LogLevel.Debug, "{Client} did not take the DISCONNECT {Reason}: {Why}")]
    private partial void LogNoFarewell(string client, MqttDisconnectReasonCode reason, string why);
}
