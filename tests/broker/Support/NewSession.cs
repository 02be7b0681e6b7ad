using IotMqtt.Broker.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IotMqtt.Broker.Tests.Support;

/// <summary>Sessions without a broker.</summary>
internal static class NewSession
{
    public static BrokerSession Of(string clientId) => new(clientId, new BrokerOptions(), Drops());

    public static Drops Drops() => new(new Clock(new FakeTimeProvider()), NullLogger<Drops>.Instance);
}
