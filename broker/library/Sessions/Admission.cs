using System.Security.Cryptography;
using System.Text;
using IotMqtt.Broker.Connections;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotMqtt.Broker.Sessions;

/// <summary>Says who may connect.</summary>
internal sealed class Admission(BrokerOptions options, SessionRegistry sessions, ConnectionSet connections, Drops drops)
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
        : !MayConnect(connecting) ? MqttConnectReasonCode.BadUserNameOrPassword
        : sessions.Count >= options.MaxSessions && !sessions.Knows(connecting.ClientId) ? TooMany(connecting)
        : !connections.TryAdmit((Connection)connecting.ChannelAdapter, options.MaxConnections, sessions.IsConnected(connecting.ClientId)) ? MqttConnectReasonCode.ServerBusy
        : MqttConnectReasonCode.Success;

    /// <summary>MQTT 3.1.1 has no code for a quota (section 3.2.2.3).</summary>
    private static MqttConnectReasonCode TooMany(ValidatingConnectionEventArgs connecting) =>
        connecting.ProtocolVersion == MqttProtocolVersion.V500 ? MqttConnectReasonCode.QuotaExceeded : MqttConnectReasonCode.ServerUnavailable;

    private bool MayConnect(ValidatingConnectionEventArgs connecting) => options.Username is null
        || FixedTimeEquals(options.Username, Encoding.UTF8.GetBytes(connecting.UserName ?? ""))
        & FixedTimeEquals(options.Password ?? "", connecting.RawPassword ?? []);

    private static bool FixedTimeEquals(string expected, byte[] given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(given));
}
