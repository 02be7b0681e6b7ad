using IotMqtt.Broker.Access;
using IotMqtt.Broker.Connections;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotMqtt.Broker.Sessions;

/// <summary>Says who may connect.</summary>
internal sealed class Admission(BrokerOptions options, SessionRegistry sessions, ConnectionSet connections, Drops drops, AccessControl access)
{
    public async Task OnConnecting(ValidatingConnectionEventArgs connecting)
    {
        connecting.ReasonCode = Decide(connecting);
        connecting.SessionItems[BrokerSession.Key] = new BrokerSession(connecting.ClientId, options, drops);
        if (connecting.ReasonCode == MqttConnectReasonCode.Success)
        {
            // MQTTnet would resume what has ended: a session of 3.1.1 that was to be clean, or one without expiry that is taken over.
            await sessions.EndAsync(connecting.ClientId);
        }
    }

    private MqttConnectReasonCode Decide(ValidatingConnectionEventArgs connecting) =>
        !string.IsNullOrEmpty(connecting.AuthenticationMethod) ? MqttConnectReasonCode.BadAuthenticationMethod
        : !access.MayConnect(connecting.UserName, connecting.RawPassword) ? MqttConnectReasonCode.BadUserNameOrPassword
        : !MayHaveItsWill(((Connection)connecting.ChannelAdapter).Client!) ? MqttConnectReasonCode.NotAuthorized
        : sessions.Count >= options.MaxSessions && !sessions.Knows(connecting.ClientId) ? TooMany(connecting)
        : !connections.TryAdmit((Connection)connecting.ChannelAdapter, options.MaxConnections, sessions.IsConnected(connecting.ClientId)) ? MqttConnectReasonCode.ServerBusy
        : MqttConnectReasonCode.Success;

    /// <summary>MQTT 3.1.1 has no code for a quota (section 3.2.2.3).</summary>
    private static MqttConnectReasonCode TooMany(ValidatingConnectionEventArgs connecting) =>
        connecting.ProtocolVersion == MqttProtocolVersion.V500 ? MqttConnectReasonCode.QuotaExceeded : MqttConnectReasonCode.ServerUnavailable;

    private bool MayHaveItsWill(Client client) => client.Will is not { } will || access.MayPublish(client.Username, client.Id, will.Message.Topic);
}
