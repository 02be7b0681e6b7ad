using IotMqtt.Devices.Tests.Support;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Tests.Fleet;

/// <summary>Own topics on Mosquitto.</summary>
public sealed class MosquittoOwnTopicTests(Mosquitto broker) : OwnTopicSuite, IClassFixture<Mosquitto>
{
    protected override BrokerUrl Broker => broker.Url;
}
