using System.Collections.Immutable;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IotMqtt.Testing;

/// <summary>What a lab is made of. The defaults are a broker of its own on a free loopback port, and a root topic that nobody else has.</summary>
public sealed record IotLabOptions
{
    /// <summary>Your broker; null: one in this process.</summary>
    public BrokerUrl? Broker { get; init; }

    /// <summary>TLS, for <c>mqtts</c> and <c>wss</c>.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>The root topic of the lab's devices; null: one that no other lab has, <c>lab-…</c>.</summary>
    public RootTopic? Root { get; init; }

    /// <summary>
    /// On your broker: what the lab looks at besides its own root topic, such as <c>acme/#</c>. On a broker of its own it looks at everything.
    /// </summary>
    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>Models that fleet files may name besides their own, such as <c>StandIn.ModelOf&lt;AcmeUnit&gt;()</c>.</summary>
    public ImmutableArray<DeviceModel> Models { get; init; } = [];

    /// <summary>The seed of all chance: equal seeds, equal labs. 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How long an expectation waits that says nothing. 10 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many messages the lab keeps; the oldest go first. 100,000.</summary>
    public int MaxMessages { get; init; } = 100_000;

    /// <summary>Told of everything that crosses the lab, a line a message: the output of the test. From where messages are received: it must not wait.</summary>
    public Action<string>? Output { get; init; }

    /// <summary>Where everything logs. Nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal FleetOptions FleetOptions => new() { Seed = Seed, Models = Models };
}
