using System.Text.Json;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Networks;
using IotMqtt.Containers.Tests.Images;

namespace IotMqtt.Containers.Tests;

/// <summary>A broker and a worker on a network of their own; programs are run by an orchestrator container each.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private const string BrokerUrl = "mqtt://broker:1883";
    private const string FleetFile = "/app/fleet.yaml";

    private readonly INetwork _network = new NetworkBuilder().Build();
    private readonly List<IContainer> _containers = [];

    public static async Task<Deployment> StartAsync(string brokerImage, string fleet, CancellationToken cancellationToken)
    {
        await DockerEngine.RequireAsync();
        var deployment = new Deployment();
        try
        {
            await deployment._network.CreateAsync(cancellationToken);
            await deployment.AddAsync(
                new ContainerBuilder(brokerImage).WithNetworkAliases("broker")
                    .WithWaitStrategy(brokerImage == ProjectImages.Broker ? Healthy() : Logged("running")),
                cancellationToken);
            await deployment.AddAsync(
                new ContainerBuilder(ProjectImages.Devices).WithEnvironment("IOTMQTT_BROKER", BrokerUrl).WithEnvironment("IOTMQTT_FLEET", FleetFile)
                    .WithResourceMapping(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, fleet), cancellationToken), FleetFile)
                    .WithWaitStrategy(Healthy()),
                cancellationToken);
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the orchestrator with these arguments until it ends.</summary>
    public async Task<DockerResult> OrchestrateAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var container = new ContainerBuilder(ProjectImages.Orchestrator).WithNetwork(_network)
            .WithEnvironment("IOTMQTT_BROKER", BrokerUrl).WithCommand(arguments).Build();
        _containers.Add(container);
        await container.StartAsync(cancellationToken);
        var exitCode = await container.GetExitCodeAsync(cancellationToken);
        var (output, error) = await container.GetLogsAsync(timestampsEnabled: false, ct: cancellationToken);
        return new((int)exitCode, output, error);
    }

    /// <summary>Runs a program and reads its report.</summary>
    public async Task<(int ExitCode, JsonElement Report)> RunProgramAsync(string program, CancellationToken cancellationToken)
    {
        var result = await OrchestrateAsync(cancellationToken, "run", program, "--output", "json");
        Assert.False(string.IsNullOrWhiteSpace(result.Output), $"exit {result.ExitCode}, nothing on stdout; stderr: {result.Error}");
        return (result.ExitCode, JsonDocument.Parse(result.Output).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in Enumerable.Reverse(_containers))
        {
            await container.DisposeAsync();
        }

        await _network.DisposeAsync();
    }

    // A strategy is mutable and gathers what it is to wait for: each container needs one of its own.
    private static IWaitForContainerOS Healthy() => Wait.ForUnixContainer().UntilContainerIsHealthy(waitStrategyModifier: Bounded);

    private static IWaitForContainerOS Logged(string text) => Wait.ForUnixContainer().UntilMessageIsLogged(text, Bounded);

    private static void Bounded(IWaitStrategy strategy) => strategy.WithTimeout(TimeSpan.FromMinutes(1));

    private async Task AddAsync(ContainerBuilder builder, CancellationToken cancellationToken)
    {
        var container = builder.WithNetwork(_network).Build();
        _containers.Add(container);
        await container.StartAsync(cancellationToken);
    }
}
