using IotMqtt.Broker.Topics;
using IotMqtt.Broker.Wire;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

/// <summary>The topic aliases that a client has set (MQTT 5, section 3.3.2.3.4), and with them: which topic a message has.</summary>
internal sealed class TopicAliases
{
    /// <summary>Announced in CONNACK. An alias saves the bytes of a topic; a few are what a device has use for.</summary>
    public const ushort Maximum = 32;

    private string?[]? _topics;

    /// <summary>Puts the topic where there is only an alias, and takes the alias away: it means nothing to subscribers.</summary>
    public Violation? Resolve(MqttPublishPacket publish)
    {
        var alias = publish.TopicAlias;
        publish.TopicAlias = 0;
        if (alias > Maximum)
        {
            return new Violation(MqttDisconnectReasonCode.TopicAliasInvalid, $"topic alias {alias} is over the maximum of {Maximum}");
        }

        if (alias == 0 || !string.IsNullOrEmpty(publish.Topic))
        {
            if (string.IsNullOrEmpty(publish.Topic))
            {
                return Violation.Protocol("a message has neither a topic nor an alias for one");
            }

            if (!TopicRules.IsName(publish.Topic))
            {
                return new Violation(MqttDisconnectReasonCode.TopicNameInvalid, "a message is published to what is no topic name");
            }

            if (alias > 0)
            {
                (_topics ??= new string?[Maximum + 1])[alias] = publish.Topic;
            }

            return null;
        }

        publish.Topic = _topics?[alias];
        return publish.Topic is null ? Violation.Protocol($"topic alias {alias} was not set before") : null;
    }
}
