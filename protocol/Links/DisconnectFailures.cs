using MQTTnet;
using MQTTnet.Exceptions;

namespace IotMqtt.Protocol.Links;

/// <summary>Says of a connection that broke why it did.</summary>
internal static class DisconnectFailures
{
    public static LinkFailure From(MqttClientDisconnectedEventArgs args, BrokerUrl url, string clientId)
    {
        var reason = args.Reason;
        var code = (int)reason;
        if (reason == MqttClientDisconnectReason.SessionTakenOver)
        {
            return new(
                LinkFailureKind.TakenOver,
                $"Another client has connected to {url} with the client id '{clientId}'. Give each client an id of its own.",
                code);
        }

        if (args.Exception is MqttCommunicationTimedOutException)
        {
            return new(LinkFailureKind.ConnectionLost, $"The broker at {url} no longer answers.");
        }

        var said = args switch
        {
            { ReasonString: { Length: > 0 } text } => $"{reason}: {text}",
            { Exception: { } exception } => exception.GetBaseException().Message,
            _ when code >= 0x80 => reason.ToString(),
            _ => "closed by the other side",
        };
        return new(LinkFailureKind.ConnectionLost, $"The connection to {url} broke ({said}).", code >= 0x80 ? code : null);
    }
}
