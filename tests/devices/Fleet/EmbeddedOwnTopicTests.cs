using IotMqtt.Devices.Tests.Support;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Tests.Fleet;

/// <summary>Own topics on our broker.</summary>
public sealed class EmbeddedOwnTopicTests(EmbeddedBroker broker) : OwnTopicSuite, IClassFixture<EmbeddedBroker>
{
    protected override BrokerUrl Broker => broker.Url;
}
