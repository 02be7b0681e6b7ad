using IotMqtt.Broker.Access;
using IotMqtt.Broker.Connections;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotMqtt.Broker.Sessions;

/// <summary>Says who may connect.</summary>
internal sealed class Admission(
    BrokerOptions options, SessionRegistry sessions, ConnectionSet connections, Drops drops, AccessControl access, LoginGuard guard)
{
    public async Task OnConnecting(ValidatingConnectionEventArgs connecting)
    {
        var connection = (Connection)connecting.ChannelAdapter;
        connecting.ReasonCode = await DecideAsync(connecting, connection);
        connecting.SessionItems[BrokerSession.Key] = new BrokerSession(connecting.ClientId, options, drops) { IsStranger = !access.IsKnown(connecting.UserName) };
        if (connecting.ReasonCode == MqttConnectReasonCode.Success)
        {
            // MQTTnet would resume what has ended: a session of 3.1.1 that was to be clean, or one without expiry that is taken over.
            await sessions.EndAsync(connecting.ClientId);
        }
    }

    private async ValueTask<MqttConnectReasonCode> DecideAsync(ValidatingConnectionEventArgs connecting, Connection connection)
    {
        if (!string.IsNullOrEmpty(connecting.AuthenticationMethod))
        {
            return MqttConnectReasonCode.BadAuthenticationMethod;
        }

        if (guard.IsBlocked(connection.RemoteEndPoint))
        {
            return Only5(connecting, MqttConnectReasonCode.ConnectionRateExceeded);
        }

        if (!access.MayConnect(connecting.UserName, connecting.RawPassword))
        {
            connection.RefusalDelay = guard.OnFailed(connection.RemoteEndPoint, connecting.ClientId, connecting.UserName);
            return MqttConnectReasonCode.BadUserNameOrPassword;
        }

        return !MayHaveItsWill(connection.Client!) ? MqttConnectReasonCode.NotAuthorized
            : guard.IsFlapping(connecting.ClientId) ? Only5(connecting, MqttConnectReasonCode.ConnectionRateExceeded)
            : sessions.Count >= options.MaxSessions && !sessions.Knows(connecting.ClientId) && !await sessions.MakeRoomAsync() ? Only5(connecting, MqttConnectReasonCode.QuotaExceeded)
            : !connections.TryAdmit(connection, options, sessions.IsConnected(connecting.ClientId)) ? MqttConnectReasonCode.ServerBusy
            : MqttConnectReasonCode.Success;
    }

    /// <summary>MQTT 3.1.1 has no code for a quota or a rate (section 3.2.2.3).</summary>
    private static MqttConnectReasonCode Only5(ValidatingConnectionEventArgs connecting, MqttConnectReasonCode reason) =>
        connecting.ProtocolVersion == MqttProtocolVersion.V500 ? reason : MqttConnectReasonCode.ServerUnavailable;

    private bool MayHaveItsWill(Client client) => client.Will is not { } will || access.MayPublish(client.Username, client.Id, will.Message.Topic);
}
