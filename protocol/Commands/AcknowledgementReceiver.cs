using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Commands;

/// <summary>
/// The receiving side of a requester: one lifetime subscription, <c>{root}/clients/{client}/ack/+</c>, whose messages are
/// parsed and handed to one sink. What is malformed is logged, counted and dropped. Serves any number of links.
/// </summary>
internal sealed class AcknowledgementReceiver(Topics topics, ClientId client, IAcknowledgementSink sink, LinkEnvironment environment)
{
    /// <summary>Who asks.</summary>
    public ClientId Client => client;

    /// <summary>The topics it lives under.</summary>
    public Topics Topics => topics;

    /// <summary>What a link must subscribe to.</summary>
    public Subscription Subscription { get; } = new(topics.AckFilter(client)) { WithRetained = false };

    /// <summary>Takes a message; false if it is not on a topic of this requester's acknowledgements.</summary>
    public bool TryReceive(IncomingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!topics.TryParseAck(message.Topic, client, out var device))
        {
            return false;
        }

        if (message.Retained)
        {
            // Nobody's answer to what was asked in this life.
            Ignore(device, "it was retained");
        }
        else if (!CorrelationData.TryCreate(message.CorrelationData, out var correlation) || correlation.IsEmpty)
        {
            Ignore(device, "its correlation data is missing or too long");
        }
        else if (!Acknowledgement.TryParse(message.Payload, out var acknowledgement, out var reason))
        {
            Ignore(device, reason);
        }
        else
        {
            sink.OnAcknowledgement(new ReceivedAcknowledgement(device, correlation, acknowledgement, message.ReceivedTimestamp));
        }

        return true;
    }

    private void Ignore(DeviceId device, string reason)
    {
        environment.Metrics.OnIgnored();
        environment.Logger.MalformedAcknowledgement(device, reason);
    }
}
