using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;

namespace IotMqtt.Testing.Containers;

/// <summary>
/// Builds a broker in a container, with a fleet beside it. It is immutable: each call gives another builder.
/// <code>
/// await using var iot = new IotMqttBuilder().WithFleet("fleets/home.yaml").Build();
/// await iot.StartAsync();
/// (await iot.RunAsync("programs/wake-up.yaml")).ShouldSucceed();
/// </code>
/// </summary>
public sealed record IotMqttBuilder
{
    /// <summary>The image of the broker. <c>iotmqtt-broker</c>.</summary>
    public string BrokerImage { get; init; } = "iotmqtt-broker";

    /// <summary>The image that hosts devices. <c>iotmqtt-devices</c>.</summary>
    public string DevicesImage { get; init; } = "iotmqtt-devices";

    /// <summary>The image that runs programs. <c>iotmqtt-orchestrator</c>.</summary>
    public string ProgramsImage { get; init; } = "iotmqtt-orchestrator";

    /// <summary>How others in the same network call the broker. <c>iotmqtt</c>.</summary>
    public string NetworkAlias { get; init; } = "iotmqtt";

    /// <summary>How long broker and devices may take to be ready, each. 2 min.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    internal string? Fleet { get; init; }

    internal string? Folder { get; init; }

    internal INetwork? Network { get; init; }

    /// <summary>Hosts a fleet. What the file names must be in its folder or below, or in <see cref="WithFolder"/>.</summary>
    /// <param name="file">The fleet's file.</param>
    public IotMqttBuilder WithFleet(string file) => this with { Fleet = file };

    /// <summary>What fleets and programs find: the folder is copied into the containers, and files are looked for in it by their path from there.</summary>
    /// <param name="folder">The folder; without it, the folder of the fleet, or of the program.</param>
    public IotMqttBuilder WithFolder(string folder) => this with { Folder = folder };

    /// <summary>A network that others are in, such as the back end under test; without it the broker has one of its own.</summary>
    /// <param name="network">The network. It is left as it is.</param>
    public IotMqttBuilder WithNetwork(INetwork network) => this with { Network = network };

    /// <summary>What has been built; it is started by <see cref="IotMqttContainers.StartAsync(CancellationToken)"/>.</summary>
    /// <exception cref="FileNotFoundException">The fleet's file is not there.</exception>
    /// <exception cref="ArgumentException">The fleet's file is not in the folder.</exception>
    public IotMqttContainers Build() => new(this, Network ?? new NetworkBuilder().Build(), ownsNetwork: Network is null);
}
