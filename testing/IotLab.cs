using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;
using IotMqtt.Testing.Messages;
using IotMqtt.Testing.StandIns;
using IotMqtt.Testing.Starting;

namespace IotMqtt.Testing;

/// <summary>
/// A broker, a fleet and programs in the process of a test. Labs do not disturb each other: each has a root topic, and where it is not given
/// one, a broker of its own.
/// <code>
/// await using var lab = await IotLab.StartAsync("fleets/home.yaml");
/// (await lab.RunAsync("programs/wake-up.yaml")).ShouldSucceed();
/// </code>
/// </summary>
public sealed partial class IotLab : IAsyncDisposable
{
    private static readonly TimeSpan SweepTime = TimeSpan.FromSeconds(10);

    private readonly IotLabOptions _options;
    private readonly LabBroker _broker;
    private readonly LabObserver _observer;
    private readonly Topics _topics;
    private readonly CancellationTokenSource _life = new();
    private readonly CancellationToken _ended;
    private readonly Lock _gate = new();
    private ProgramRunner? _runner;
    private FleetDefinition? _fleet;
    private Task _work = Task.CompletedTask;
    private Task? _disposal;
    private readonly List<IDisposable> _records = [];
    private readonly List<(TimeSpan At, LabRun Run)> _runs = [];

    private IotLab(IotLabOptions options, LabBroker broker, Topics topics, LabObserver observer)
    {
        (_options, _broker, _topics, _observer) = (options, broker, topics, observer);
        _ended = _life.Token;
        StandIns = new LabStandIns(RunnerOptions(null), _ended);
        BrokerUri = new Uri(broker.Url.ToString());
    }

    /// <summary>Where the broker is: what a back end under test is given. Without a password.</summary>
    public Uri BrokerUri { get; }

    /// <summary>The root topic of the lab's devices.</summary>
    public RootTopic Root => _topics.Root;

    /// <summary>The fleet; null before it is started.</summary>
    public FleetDefinition? Fleet => _fleet;

    internal LabObserver Observer => _observer;

    internal LabStandIns StandIns { get; }

    internal TimeSpan Patience => _options.Patience;

    /// <summary>Everything that crossed the lab as far as it has been seen, oldest first.</summary>
    public IReadOnlyList<LabMessage> Messages => _observer.Log.Messages;

    /// <summary>Starts a lab without a fleet, for tests whose back end is there before its devices: <see cref="HostAsync(FleetDefinition, CancellationToken)"/> starts them.</summary>
    /// <param name="options">What it is made of; null: the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="LabException">Its broker cannot be started or reached, or another lab has its root topic.</exception>
    public static async Task<IotLab> StartAsync(IotLabOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new IotLabOptions();
        var broker = await LabBroker.StartAsync(options, cancellationToken).ConfigureAwait(false);
        var topics = new Topics(options.Root ?? RootTopic.Parse($"lab-{Guid.NewGuid():n}"));
        try
        {
            LabClaims.Take(broker.Url, topics.Root);
            return await StartAsync(options, broker, topics, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await broker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts a lab with a fleet; returns when all its devices are online.</summary>
    /// <param name="fleetFile">The fleet's file.</param>
    /// <param name="options">What it is made of; null: the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="InvalidFileException">The fleet is not valid: everything that is wrong, with file, line and column.</exception>
    /// <exception cref="LabException">It cannot be started.</exception>
    public static Task<IotLab> StartAsync(string fleetFile, IotLabOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(FleetFile.Load(fleetFile, (options ?? new()).FleetOptions), options, cancellationToken);

    /// <inheritdoc cref="StartAsync(string, IotLabOptions?, CancellationToken)"/>
    /// <param name="fleet">The fleet; from YAML with <see cref="LabFleet.FromYaml"/>.</param>
    /// <param name="options">What it is made of; null: the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<IotLab> StartAsync(FleetDefinition fleet, IotLabOptions? options = null, CancellationToken cancellationToken = default)
    {
        var lab = await StartAsync(options, cancellationToken).ConfigureAwait(false);
        try
        {
            await lab.HostAsync(fleet, cancellationToken).ConfigureAwait(false);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Starts the fleet of a lab that has none; returns when all its devices are online.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="LabException">The lab has a fleet, or this one cannot be started.</exception>
    public Task HostAsync(FleetDefinition fleet, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        return WorkAsync("starts a fleet", () => StartFleetAsync(fleet, cancellationToken));
    }

    /// <summary>A device of the fleet.</summary>
    /// <param name="id">Its id.</param>
    /// <exception cref="ArgumentException">The fleet has no such device.</exception>
    public LabDevice Device(string id)
    {
        if (_fleet is { } fleet && fleet.Find(id) is null)
        {
            var some = string.Join(", ", fleet.Devices.Take(5).Select(device => device.Id));
            throw new ArgumentException($"The fleet {fleet.Name} has no device '{id}'; it has {some}{(fleet.Devices.Length > 5 ? ", …" : "")}.", nameof(id));
        }

        return new LabDevice(DeviceId.Parse(id), this);
    }

    /// <summary>
    /// Ends what is running, which says so, stops the fleet and the lab's own broker. On your broker it clears what the devices had left retained.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposal ??= EndAsync();
        }

        return new ValueTask(_disposal);
    }

    private static async Task<IotLab> StartAsync(IotLabOptions options, LabBroker broker, Topics topics, CancellationToken cancellationToken)
    {
        var filters = broker.IsOwn ? ["#"] : options.Topics.Append($"{topics.Root}/#").Distinct();
        var observer = new LabObserver(broker.Url, filters, topics, options);
        try
        {
            await observer.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await observer.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            return observer.States.Online.Count == 0
                ? new IotLab(options, broker, topics, observer)
                : throw LabClaims.Refused(broker.Url, topics.Root, $"devices are online there, such as {observer.States.Online[0]}");
        }
        catch (Exception exception)
        {
            await observer.DisposeAsync().ConfigureAwait(false);
            LabClaims.Return(broker.Url, topics.Root);
            throw exception is MqttLinkException ? new LabException(exception.Message) : exception;
        }
    }

    private async Task<bool> StartFleetAsync(FleetDefinition fleet, CancellationToken cancellationToken)
    {
        if (_runner is not null)
        {
            throw new LabException($"The lab has the fleet {_fleet!.Name} already; start another lab for {fleet.Name}.");
        }

        try
        {
            using var giving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended);
            if (StandIns.Conflict(fleet) is { } conflict)
            {
                throw new LabException(conflict);
            }

            _runner = await ProgramRunner.StartAsync(RunnerOptions(fleet), giving.Token).ConfigureAwait(false);
            _fleet = fleet;
            await _runner.FleetStarted.WaitAsync(giving.Token).ConfigureAwait(false);
            StandIns.Host(_runner, fleet);
            await _observer.CatchUpAsync(giving.Token).ConfigureAwait(false);
            return true;
        }
        catch (OrchestratorException exception)
        {
            throw new LabException($"The fleet {fleet.Name} could not be started: {exception.Message}");
        }
    }

    private ProgramRunnerOptions RunnerOptions(FleetDefinition? fleet) => new()
    {
        Fleet = fleet,
        Broker = _broker.Url,
        Tls = _options.Tls,
        Root = _topics.Root,
        Seed = _options.Seed,
        LoggerFactory = _options.LoggerFactory,
        ClientIdPrefix = _broker.IsOwn ? null : $"{_topics.Root}-",
        Tap = _observer.Talk,
    };

    /// <summary>Does one thing at a time, that the lab's end waits for.</summary>
    private async Task<T> WorkAsync<T>(string what, Func<Task<T>> work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposal is not null, this);
            if (!_work.IsCompleted)
            {
                throw new LabException($"A lab does one thing at a time: it {what} when what it does now has ended. Start another lab for what shall go on beside it.");
            }

            _work = done.Task;
        }

        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            throw new LabException("The lab was disposed; what it did was ended.");
        }
        finally
        {
            done.SetResult();
        }
    }

    private async Task EndAsync()
    {
        await _life.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
        try
        {
            if (_runner is not null)
            {
                await _runner.DisposeAsync().ConfigureAwait(false);
            }

            await StandIns.DisposeAsync().ConfigureAwait(false);
            if (!_broker.IsOwn)
            {
                using var giving = new CancellationTokenSource(SweepTime, TimeProvider.System);
                await _observer.CatchUpAsync(giving.Token).ConfigureAwait(false);
                await _observer.SweepAsync(giving.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            await _observer.DisposeAsync().ConfigureAwait(false);
            await _broker.DisposeAsync().ConfigureAwait(false);
            LabClaims.Return(_broker.Url, _topics.Root);
            _records.ForEach(record => record.Dispose());
            _life.Dispose();
        }
    }
}
