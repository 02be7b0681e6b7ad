using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using MQTTnet;
using MQTTnet.Exceptions;

namespace IotMqtt.Protocol.Links;

/// <summary>Says of what went wrong while connecting who can remedy it.</summary>
internal static class ConnectFailures
{
    // What a broker says that speaks MQTT 3.1.1 only, in its own way (MQTT 3.1.1, section 3.2.2.3).
    private const MqttClientConnectResultCode UnacceptableProtocolVersion = (MqttClientConnectResultCode)1;

    public static LinkFailure From(MqttClientConnectResult result, BrokerUrl url)
    {
        var code = (int)result.ResultCode;
        var said = string.IsNullOrEmpty(result.ReasonString) ? result.ResultCode.ToString() : $"{result.ResultCode}: {result.ReasonString}";
        return result.ResultCode switch
        {
            UnacceptableProtocolVersion => NotMqtt5(url),
            MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.BadAuthenticationMethod =>
                new(LinkFailureKind.BadCredentials, $"The broker at {url} does not accept the user name and password ({said}). Check the credentials.", code),
            MqttClientConnectResultCode.NotAuthorized or MqttClientConnectResultCode.Banned =>
                new(LinkFailureKind.NotAuthorized, $"The broker at {url} does not allow this client ({said}). Check the credentials and the broker's access rules.", code),
            MqttClientConnectResultCode.UnsupportedProtocolVersion or MqttClientConnectResultCode.ProtocolError or MqttClientConnectResultCode.MalformedPacket =>
                new(LinkFailureKind.ProtocolError, $"The broker at {url} does not speak MQTT 5 ({said}). Choose a broker or a port that does.", code),
            MqttClientConnectResultCode.ServerUnavailable or MqttClientConnectResultCode.ServerBusy
                or MqttClientConnectResultCode.QuotaExceeded or MqttClientConnectResultCode.ConnectionRateExceeded =>
                new(LinkFailureKind.Busy, $"The broker at {url} has no room now ({said}).", code),
            _ => new(LinkFailureKind.Refused, $"The broker at {url} refuses the connection ({said}).", code),
        };
    }

    /// <param name="exception">What the client library threw.</param>
    /// <param name="url">Where to.</param>
    /// <param name="wasAnswered">Whether what answered there has said anything.</param>
    public static LinkFailure From(Exception exception, BrokerUrl url, bool wasAnswered)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case MqttLinkException known:
                    return known.Failure;
                case AuthenticationException:
                    return new(
                        LinkFailureKind.TlsFailed,
                        $"No TLS with the broker at {url}: {cause.Message.TrimEnd('.')}. Check that its certificate is for that host and from an authority that is trusted here, and whether that port expects TLS.");
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return new(LinkFailureKind.Unreachable, $"No broker at {url}: the host name '{url.Host}' is not known. Check the address.");
                case SocketException socket:
                    return new(LinkFailureKind.Unreachable, $"No broker at {url}: {socket.Message}. Is it running, and is the address right?");
                case MqttProtocolViolationException:
                    return NotMqtt5(url);
                case WebSocketException when cause.InnerException is null:
                case HttpRequestException when cause.InnerException is null:
                    return new(LinkFailureKind.ProtocolError, $"No MQTT over WebSocket at {url}: {cause.Message}. Check the port and the path.");
                default:
                    break;
            }
        }

        // What is left: an answer made no sense to the decoder, or there was none: so does a proxy whose broker is not there yet.
        return wasAnswered
            ? NotMqtt5(url)
            : new(LinkFailureKind.ConnectionLost, $"What answers at {url} closes the connection without a word. Check that an MQTT 5 broker runs behind it, and whether that port expects TLS.");
    }

    public static LinkFailure TimedOut(BrokerUrl url, TimeSpan timeout) =>
        new(LinkFailureKind.Unreachable, $"No answer from a broker at {url} within {timeout.TotalSeconds:0.###} s. Is it running, and is the address right?");

    private static LinkFailure NotMqtt5(BrokerUrl url) =>
        new(
            LinkFailureKind.ProtocolError,
            $"What answers at {url} closed the connection or does not speak MQTT 5. Check that it is an MQTT 5 broker, and whether that port expects TLS.");
}
