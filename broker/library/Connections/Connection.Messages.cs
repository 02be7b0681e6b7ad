using IotMqtt.Broker.Wire;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

/// <summary>What a client publishes, and the handshakes of both directions (MQTT 5, section 4.3).</summary>
internal sealed partial class Connection
{
    private void TakePublish(MqttPublishPacket publish, PropertySet properties)
    {
        if (_aliases.Resolve(publish) is { } violation)
        {
            Refuse(violation);
            return;
        }

        if (publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.ExactlyOnce)
        {
            var outcome = Route(publish, properties);
            if (publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce)
            {
                Answer(new MqttPubAckPacket { PacketIdentifier = publish.PacketIdentifier, ReasonCode = outcome });
            }

            return;
        }

        var unreleased = Session!.Unreleased;
        if (!unreleased.Add(publish.PacketIdentifier))
        {
            // It is here already, and whether anybody was subscribed has been said.
            Answer(new MqttPubRecPacket { PacketIdentifier = publish.PacketIdentifier });
        }
        else if (unreleased.Count > _around.Options.MaxInFlight && _reader.Version == MQTTnet.Formatter.MqttProtocolVersion.V500)
        {
            Refuse(new Violation(MqttDisconnectReasonCode.ReceiveMaximumExceeded, $"more than {_around.Options.MaxInFlight} messages of QoS 2 are not released"));
        }
        else
        {
            var reason = (MqttPubRecReasonCode)Route(publish, properties);
            if (reason >= MqttPubRecReasonCode.UnspecifiedError)
            {
                unreleased.Remove(publish.PacketIdentifier);
            }

            Answer(new MqttPubRecPacket { PacketIdentifier = publish.PacketIdentifier, ReasonCode = reason });
        }
    }

    private MqttPubAckReasonCode Route(MqttPublishPacket publish, PropertySet properties)
    {
        if (!_around.Access.MayPublish(_client!.Username, _client.Id, publish.Topic))
        {
            return MqttPubAckReasonCode.NotAuthorized;
        }

        var message = new MqttApplicationMessage
        {
            Topic = publish.Topic,
            Payload = publish.Payload,
            QualityOfServiceLevel = publish.QualityOfServiceLevel,
            Retain = publish.Retain,
            ContentType = publish.ContentType,
            CorrelationData = publish.CorrelationData,
            MessageExpiryInterval = publish.MessageExpiryInterval,
            PayloadFormatIndicator = publish.PayloadFormatIndicator,
            ResponseTopic = publish.ResponseTopic,
            UserProperties = publish.UserProperties,
        };
        return _around.Router.Publish(_client.Id, message, properties.Has(PropertyId.MessageExpiryInterval));
    }

    private void TakeReceived(MqttPubRecPacket pubrec)
    {
        var isRefused = pubrec.ReasonCode >= MqttPubRecReasonCode.UnspecifiedError;
        var isKnown = Session!.Outbox.Receive(pubrec.PacketIdentifier, isRefused);
        if (!isRefused)
        {
            Answer(new MqttPubRelPacket
            {
                PacketIdentifier = pubrec.PacketIdentifier,
                ReasonCode = isKnown ? MqttPubRelReasonCode.Success : MqttPubRelReasonCode.PacketIdentifierNotFound,
            });
        }
    }

    private void TakeRelease(MqttPubRelPacket pubrel) => Answer(new MqttPubCompPacket
    {
        PacketIdentifier = pubrel.PacketIdentifier,
        ReasonCode = Session!.Unreleased.Remove(pubrel.PacketIdentifier) ? MqttPubCompReasonCode.Success : MqttPubCompReasonCode.PacketIdentifierNotFound,
    });
}
