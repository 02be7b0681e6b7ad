using IotMqtt.Broker;
using IotMqtt.Devices;
using IotMqtt.Models.StandIns;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;

namespace IotMqtt.Runner.Embedded;

/// <summary>
/// What runs in this process so that programs can: a broker of its own, a fleet, both or neither. The fleet starts in the
/// background: each device is registered as soon as it is there, while others still connect.
/// </summary>
internal sealed class EmbeddedSite : IAsyncDisposable
{
    private readonly MqttBroker? _broker;
    private readonly CancellationTokenSource _givingUp = new();
    private Task<DeviceFleetHost>? _fleet;

    private EmbeddedSite(BrokerUrl url, MqttBroker? broker)
    {
        Broker = url;
        _broker = broker;
    }

    /// <summary>Where the broker is, one's own or another.</summary>
    public BrokerUrl Broker { get; }

    /// <summary>Ends when all devices of the fleet are online, at once where there is none, and fails where it could not be started.</summary>
    public Task Started { get; private set; } = Task.CompletedTask;

    /// <summary>Starts what the options ask for.</summary>
    /// <exception cref="OrchestratorException">The broker could not be started.</exception>
    public static async Task<EmbeddedSite> StartAsync(ProgramRunnerOptions options, CancellationToken cancellationToken)
    {
        var broker = options.Broker is null ? await StartBrokerAsync(options, cancellationToken) : null;
        var url = options.Broker ?? BrokerUrl.Parse(broker!.Endpoint.ToString());
        var site = new EmbeddedSite(url, broker);
        if (options.Fleet is not null)
        {
            site.StartFleet(options);
        }

        return site;
    }

    /// <summary>Gives a device of the fleet a rule; returns when the broker delivers what it is about.</summary>
    /// <exception cref="OrchestratorException">The device is not connected, or the broker does not let it listen to that.</exception>
    public async Task AttachAsync(string device, StandInRule rule, CancellationToken cancellationToken)
    {
        try
        {
            await (await _fleet!).AttachAsync(device, rule, cancellationToken);
        }
        catch (DeviceFleetException exception)
        {
            throw EmbeddedFailure.From(exception);
        }
    }

    /// <summary>Stops the fleet, which says goodbye, and then the broker.</summary>
    public async ValueTask DisposeAsync()
    {
        await _givingUp.CancelAsync();
        if (_fleet is not null)
        {
            await _fleet.ContinueWith(static _ => { }, TaskScheduler.Default);
            if (_fleet.IsCompletedSuccessfully)
            {
                await (await _fleet).DisposeAsync();
            }
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }

        _givingUp.Dispose();
    }

    private static async Task<MqttBroker> StartBrokerAsync(ProgramRunnerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await MqttBroker.StartAsync(new BrokerOptions { Port = 0 }, options.LoggerFactory, cancellationToken);
        }
        catch (BrokerException exception)
        {
            throw new OrchestratorException(OrchestratorErrorKind.BrokerUnreachable, exception.Message, exception);
        }
    }

    private void StartFleet(ProgramRunnerOptions options)
    {
        // With their broker in the same process devices take both ends of each connection.
        var fleet = new DeviceFleetOptions
        {
            Broker = Broker,
            Tls = options.Tls,
            Root = options.Root,
            Seed = options.Seed,
            DescriptorsPerDevice = _broker is null ? 1 : 2,
            LooksForRivals = _broker is null,
            RefusesTaken = true,
            ClearsRetained = _broker is null && !options.LeavesRetained,
            Rules = options.Rules,
            Tap = options.Tap,
        };
        fleet = options.ClientIdPrefix is { } prefix ? fleet with { ClientIdPrefix = prefix } : fleet;
        _fleet = Task.Run(() => DeviceFleetHost.StartAsync(options.Fleet!, fleet, options.LoggerFactory, options.Time, _givingUp.Token));
        Started = ToldAsync(_fleet);
    }

    private static async Task ToldAsync(Task fleet)
    {
        try
        {
            await fleet;
        }
        catch (DeviceFleetException exception)
        {
            throw EmbeddedFailure.From(exception);
        }
    }
}
