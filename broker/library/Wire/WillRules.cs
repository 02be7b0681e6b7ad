using System.Text.Unicode;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Wire;

/// <summary>What must hold of a will beside its form: what could never be published is refused at once, and not when it is due.</summary>
internal static class WillRules
{
    private const MqttDisconnectReasonCode NotAuthorized = (MqttDisconnectReasonCode)MqttConnectReasonCode.NotAuthorized;

    public static Violation? Check(MqttConnectPacket connect) =>
        !connect.WillFlag ? null
        : connect.WillTopic.StartsWith(SystemTopics.Prefix, StringComparison.Ordinal) ? new Violation(NotAuthorized, "the will topic is one of the broker's own")
        : connect.WillPayloadFormatIndicator == MqttPayloadFormatIndicator.CharacterData && !Utf8.IsValid(connect.WillMessage)
            ? new Violation(MqttDisconnectReasonCode.PayloadFormatInvalid, "the will says that its payload is UTF-8 text, and it is not")
        : null;
}
