using IotMqtt.Broker;
using IotMqtt.Devices;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;

namespace IotMqtt.Runner.Embedded;

/// <summary>A broker and a fleet that are there until they are stopped: for <c>iotmqtt up</c>.</summary>
internal sealed class StandingSite : IAsyncDisposable
{
    private readonly MqttBroker? _broker;
    private DeviceFleetHost? _fleet;

    private StandingSite(BrokerUrl url, MqttBroker? broker) => (Broker, _broker) = (url, broker);

    /// <summary>Where the broker is, one's own or another.</summary>
    public BrokerUrl Broker { get; }

    /// <summary>Where it takes WebSockets, where it does.</summary>
    public Uri? WebSocket => _broker?.WebSocketEndpoint;

    /// <summary>Starts what the options ask for, and returns when all devices are online.</summary>
    /// <param name="options">The fleet, and the broker; without one, one is started here.</param>
    /// <param name="port">The port of the broker that is started here; 0 takes a free one.</param>
    /// <param name="webSocketPort">Its port for WebSockets; null: none.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="OrchestratorException">It could not be started.</exception>
    public static async Task<StandingSite> StartAsync(ProgramRunnerOptions options, int port, int? webSocketPort, CancellationToken cancellationToken)
    {
        var site = options.Broker is { } other
            ? await JoinAsync(options, other, cancellationToken)
            : await StartBrokerAsync(options, new BrokerOptions { Port = port, WebSocketPort = webSocketPort }, cancellationToken);
        try
        {
            await site.StartFleetAsync(options, cancellationToken);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the fleet, which says goodbye, and then the broker.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_fleet is not null)
        {
            await _fleet.DisposeAsync();
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }

    // Devices try for a while; whether there is a broker at all, and for us, is known sooner.
    private static async Task<StandingSite> JoinAsync(ProgramRunnerOptions options, BrokerUrl broker, CancellationToken cancellationToken)
    {
        await using var knock = await DeviceConnection.ConnectAsync(options, cancellationToken);
        return new StandingSite(broker, null);
    }

    private static async Task<StandingSite> StartBrokerAsync(ProgramRunnerOptions options, BrokerOptions broker, CancellationToken cancellationToken)
    {
        try
        {
            var started = await MqttBroker.StartAsync(broker, options.LoggerFactory, cancellationToken);
            return new StandingSite(BrokerUrl.Parse(started.Endpoint.ToString()), started);
        }
        catch (BrokerException exception)
        {
            var hint = exception.Kind == BrokerErrorKind.PortInUse ? "; take another with --port, or the broker that is there with --broker" : "";
            throw new OrchestratorException(OrchestratorErrorKind.BrokerUnreachable, exception.Message.TrimEnd('.') + hint, exception);
        }
    }

    private async Task StartFleetAsync(ProgramRunnerOptions options, CancellationToken cancellationToken)
    {
        if (options.Fleet is not { } fleet)
        {
            return;
        }

        var hosting = new DeviceFleetOptions
        {
            Broker = Broker,
            Tls = options.Tls,
            Root = options.Root,
            Seed = options.Seed,
            DescriptorsPerDevice = _broker is null ? 1 : 2,
            LooksForRivals = _broker is null,
            RefusesTaken = true,
            ClearsRetained = _broker is null && !options.LeavesRetained,
        };
        try
        {
            _fleet = await DeviceFleetHost.StartAsync(fleet, hosting, options.LoggerFactory, options.Time, cancellationToken);
        }
        catch (DeviceFleetException exception)
        {
            throw EmbeddedFailure.From(exception);
        }
    }
}
