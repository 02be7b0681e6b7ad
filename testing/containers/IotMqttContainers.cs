using System.Text.Json;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Networks;

namespace IotMqtt.Testing.Containers;

/// <summary>A broker in a container, and a fleet and programs in others beside it.</summary>
public sealed class IotMqttContainers : IAsyncDisposable
{
    private const ushort Port = 1883;

    private readonly IotMqttBuilder _builder;
    private readonly INetwork _network;
    private readonly bool _ownsNetwork;
    private readonly IContainer _broker;
    private readonly IContainer? _devices;

    internal IotMqttContainers(IotMqttBuilder builder, INetwork network, bool ownsNetwork)
    {
        (_builder, _network, _ownsNetwork) = (builder, network, ownsNetwork);
        NetworkUri = new Uri($"mqtt://{builder.NetworkAlias}:{Port}");
        _broker = new ContainerBuilder(builder.BrokerImage).WithNetwork(network).WithNetworkAliases(builder.NetworkAlias)
            .WithPortBinding(Port, assignRandomHostPort: true).WithWaitStrategy(Healthy()).Build();
        if (builder.Fleet is { } fleet)
        {
            var folder = MountedFolder.Of(fleet, builder.Folder);
            _devices = new ContainerBuilder(builder.DevicesImage).WithNetwork(network)
                .WithEnvironment("IOTMQTT_BROKER", NetworkUri.ToString().TrimEnd('/')).WithEnvironment("IOTMQTT_FLEET", folder.Inside(fleet, builder.Folder))
                .WithResourceMapping(new DirectoryInfo(folder.Path), MountedFolder.InContainer).WithWaitStrategy(Healthy()).Build();
        }
    }

    /// <summary>Where the broker is for this process: what a back end in it is given. Once it has been started.</summary>
    public Uri BrokerUri => new($"mqtt://{_broker.Hostname}:{_broker.GetMappedPublicPort(Port)}");

    /// <summary>Where the broker is for containers in the same network.</summary>
    public Uri NetworkUri { get; }

    /// <summary>The network that all are in.</summary>
    public INetwork Network => _network;

    /// <summary>Starts the broker and, where there is one, the fleet; returns when all its devices are online.</summary>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ContainerRunException">They were not ready in time, or ended: what they said.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_ownsNetwork)
        {
            await _network.CreateAsync(cancellationToken).ConfigureAwait(false);
        }

        await StartAsync(_broker, "broker", cancellationToken).ConfigureAwait(false);
        if (_devices is not null)
        {
            await StartAsync(_devices, "fleet", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a program against the devices that are there, in a container of its own, and fetches its report.</summary>
    /// <param name="file">The program's file.</param>
    /// <param name="set">Its parameters that differ from their defaults, as <c>--set</c> has them.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public async Task<ContainerRun> RunAsync(string file, IReadOnlyDictionary<string, string>? set = null, CancellationToken cancellationToken = default)
    {
        var folder = MountedFolder.Of(file, _builder.Folder);
        string[] command = ["run", folder.Inside(file, _builder.Folder), "--output", "json", .. (set ?? new Dictionary<string, string>()).SelectMany(one => new[] { "--set", $"{one.Key}={one.Value}" })];
        await using var container = new ContainerBuilder(_builder.ProgramsImage).WithNetwork(_network)
            .WithEnvironment("IOTMQTT_BROKER", NetworkUri.ToString().TrimEnd('/'))
            .WithResourceMapping(new DirectoryInfo(folder.Path), MountedFolder.InContainer).WithCommand(command).Build();
        await container.StartAsync(cancellationToken).ConfigureAwait(false);
        var exitCode = await container.GetExitCodeAsync(cancellationToken).ConfigureAwait(false);
        var (output, error) = await container.GetLogsAsync(timestampsEnabled: false, ct: cancellationToken).ConfigureAwait(false);
        return new ContainerRun((int)exitCode, Read(output), error);
    }

    /// <summary>Takes all containers away, and the network where it is not yours.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_devices is not null)
        {
            await _devices.DisposeAsync().ConfigureAwait(false);
        }

        await _broker.DisposeAsync().ConfigureAwait(false);
        if (_ownsNetwork)
        {
            await _network.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task StartAsync(IContainer container, string what, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_builder.Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await container.StartAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ContainerNotRunningException || (exception is OperationCanceledException && patience.IsCancellationRequested))
        {
            var (output, error) = await container.GetLogsAsync(timestampsEnabled: false, ct: cancellationToken).ConfigureAwait(false);
            throw new ContainerRunException($"The {what} is not ready: {exception.Message}{Environment.NewLine}{output}{error}");
        }
    }

    private static JsonElement Read(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // The program did not run; stderr says why.
            return default;
        }
    }

    private static IWaitForContainerOS Healthy() => Wait.ForUnixContainer().UntilContainerIsHealthy();
}
