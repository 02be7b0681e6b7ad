using System.Text;
using IotMqtt.Broker.Delivery;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Support;

/// <summary>Messages for an outbox.</summary>
internal static class Outgoing
{
    public static OutgoingMessage Message(string payload, int qos = 1, MemoryBudget? budget = null, long? deadline = null) =>
        new(new SharedMessage(Application(payload), deadline, budget ?? new MemoryBudget(long.MaxValue)), (MqttQualityOfServiceLevel)qos, retain: false, identifiers: null);

    public static MqttApplicationMessage Application(string payload) => new() { Topic = "t", PayloadSegment = Encoding.UTF8.GetBytes(payload) };

    public static string Payload(this Sending sending) => sending.Message.Shared.Message.ConvertPayloadToString();
}
