using MQTTnet.Protocol;

namespace IotMqtt.Broker.Delivery;

/// <summary>One message for one session, as its subscriptions ask for it.</summary>
/// <param name="shared">What all that get it have in common.</param>
/// <param name="qos">The lesser of the message's quality of service and the subscription's.</param>
/// <param name="retain">The RETAIN flag.</param>
/// <param name="identifiers">The identifiers of the subscriptions; <see langword="null"/>: none.</param>
internal sealed class OutgoingMessage(SharedMessage shared, MqttQualityOfServiceLevel qos, bool retain, IReadOnlyList<uint>? identifiers)
{
    public SharedMessage Shared { get; } = shared;

    public MqttQualityOfServiceLevel QoS { get; } = qos;

    public bool Retain { get; } = retain;

    public IReadOnlyList<uint>? Identifiers { get; } = identifiers;

    /// <summary>Its place in the order of all that this session gets. Owned by the outbox, as all that follows.</summary>
    public long Order { get; set; }

    /// <summary>0 until it is sent, and for QoS 0.</summary>
    public ushort PacketIdentifier { get; set; }

    /// <summary>Whether the client has it, and only the end of the handshake of QoS 2 is missing.</summary>
    public bool IsReceived { get; set; }

    /// <summary>Whether it takes of the present connection's send quota (MQTT 5, section 4.9).</summary>
    public bool TakesQuota { get; set; }
}
