using MQTTnet;
using MQTTnet.Exceptions;

namespace IotMqtt.Protocol.Links;

/// <summary>Says of a connection that broke why it did.</summary>
internal static class DisconnectFailures
{
    public static LinkFailure From(MqttClientDisconnectedEventArgs args, MqttLinkOptions options)
    {
        var reason = args.Reason;
        var code = (int)reason;
        if (reason == MqttClientDisconnectReason.SessionTakenOver)
        {
            return new(
                LinkFailureKind.TakenOver,
                $"Another client has connected to {options.Url} with the client id '{options.ClientId}'. Give each client an id of its own.",
                code);
        }

        if (args.Exception is MqttCommunicationTimedOutException)
        {
            return new(LinkFailureKind.ConnectionLost, $"The broker at {options.Url} no longer answers.");
        }

        var said = args switch
        {
            { ReasonString: { Length: > 0 } text } => $"{reason}: {text}",
            { Exception: { } exception } => exception.GetBaseException().Message,
            _ when code >= 0x80 => reason.ToString(),
            _ => "closed by the other side",
        };
        return new(LinkFailureKind.ConnectionLost, $"The connection to {options.Url} broke ({said}).", code >= 0x80 ? code : null);
    }
}
