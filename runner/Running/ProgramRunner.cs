using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.StandIns;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Embedded;
using IotMqtt.Runner.Registry;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Running;

/// <summary>
/// Runs programs against a fleet: emulated in this process, on a broker of its own or on yours, or the devices that are there.
/// <code>
/// await using var runner = await ProgramRunner.StartAsync(new() { Fleet = fleet }, cancellationToken);
/// var result = await runner.RunAsync(program, cancellationToken);
/// </code>
/// </summary>
public sealed class ProgramRunner : IAsyncDisposable
{
    private readonly ProgramRunnerOptions _options;
    private readonly EmbeddedSite _site;
    private readonly ControlPlane _plane;
    private readonly Task _rehearsal;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _life = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource? _running;
    private Task? _disposal;

    private ProgramRunner(ProgramRunnerOptions options, EmbeddedSite site, ControlPlane plane, Task rehearsal, ILogger logger)
    {
        _options = options;
        _site = site;
        _plane = plane;
        _rehearsal = rehearsal;
        _logger = logger;
    }

    /// <summary>Where the broker is.</summary>
    public BrokerUrl Broker => _site.Broker;

    /// <summary>Gives a device of the runner's fleet a rule; returns when the broker delivers what it is about.</summary>
    /// <exception cref="OrchestratorException">The device is not connected, or the broker does not let it listen to that.</exception>
    internal Task AttachAsync(string device, StandInRule rule, CancellationToken cancellationToken) => _site.AttachAsync(device, rule, cancellationToken);

    /// <summary>Ends when all devices of a fleet of this process are online, and fails where it could not be started.</summary>
    internal Task FleetStarted => _site.Started;

    /// <summary>Starts what has to be started in this process and connects to the broker. The devices are waited for by each run.</summary>
    /// <param name="options">Where programs run.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="OrchestratorException">The broker cannot be reached or lets nobody in; or the fleet cannot be hosted in this process.</exception>
    public static async Task<ProgramRunner> StartAsync(ProgramRunnerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var logger = options.LoggerFactory.CreateLogger<ProgramRunner>();
        var rehearsal = options.Rehearsed ?? Rehearsal.Once(options.Time);
        var site = await EmbeddedSite.StartAsync(options, cancellationToken);
        try
        {
            var environment = new LinkEnvironment(options.Time, options.LoggerFactory, seed: options.Seed);
            var plane = await ControlPlane.ConnectAsync(
                new ControlPlaneOptions { Broker = site.Broker, Root = options.Root, Tls = options.Tls, Connections = options.Connections },
                environment,
                logger,
                cancellationToken);
            return new ProgramRunner(options, site, plane, rehearsal, logger);
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a program against the models of a fleet in virtual time: no broker, no waiting, the same verdict. Equal seeds, equal runs.</summary>
    /// <param name="program">The program.</param>
    /// <param name="fleet">The fleet.</param>
    /// <param name="options">How the run goes; its journal is not written, and nobody abandons it.</param>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="cancellationToken">Gives up running: the run has no result then.</param>
    /// <exception cref="OrchestratorException">The program does not fit the fleet.</exception>
    public static ProgramResult DryRun(
        DeviceProgram program, FleetDefinition fleet, ProgramRunOptions? options = null, ulong seed = 0, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(fleet);
        options ??= new ProgramRunOptions();
        var inputs = ProgramInput.Check(program, fleet, options.Parameters);
        return VirtualRun.Run(program, fleet, inputs, options, seed, cancellationToken);
    }

    /// <summary>Registers the devices and runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="cancellationToken">
    /// Interrupts the program: what is in flight is cancelled and that is awaited, bounded; the result says so. While the devices are still
    /// waited for it ends that with an exception.
    /// </param>
    /// <exception cref="OrchestratorException">The program does not fit the fleet, devices are missing, or the broker is gone for good.</exception>
    /// <exception cref="ObjectDisposedException">The runner was disposed before the program ended.</exception>
    public Task<ProgramResult> RunAsync(DeviceProgram program, CancellationToken cancellationToken = default) =>
        RunAsync(program, new ProgramRunOptions(), cancellationToken);

    /// <inheritdoc cref="RunAsync(DeviceProgram, CancellationToken)"/>
    /// <param name="program">The program.</param>
    /// <param name="options">How the run goes.</param>
    /// <param name="cancellationToken">Interrupts the program.</param>
    public async Task<ProgramResult> RunAsync(DeviceProgram program, ProgramRunOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        var ended = Begin();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _life.Token);
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(options.Abandon, _life.Token);
        try
        {
            var fleet = _options.Fleet ?? await Attachment.FindAsync(_plane, program, options.Parameters, _options.Registration, _logger, either.Token);
            var inputs = ProgramInput.Check(program, fleet, options.Parameters);
            var run = new ProgramRun(_plane, _options, options with { Abandon = abandon.Token }, _site.Started, _rehearsal, _logger);
            var result = await run.RunAsync(program, fleet, inputs, either.Token);
            return _life.IsCancellationRequested ? throw Disposed(program) : result;
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Disposed(program);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }

            ended.SetResult();
        }
    }

    /// <summary>
    /// Says goodbye to the broker, and stops what was started in this process. A program that runs is abandoned: its
    /// <see cref="RunAsync(DeviceProgram, CancellationToken)"/> throws. May be called more than once.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            return new ValueTask(_disposal ??= EndAsync(_running?.Task ?? Task.CompletedTask));
        }
    }

    private TaskCompletionSource Begin()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposal is not null, this);
            if (_running is not null)
            {
                throw new InvalidOperationException("A runner runs one program at a time; start another runner for another.");
            }

            return _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task EndAsync(Task running)
    {
        await Task.Yield();
        await _life.CancelAsync();
        await running;
        await _plane.DisposeAsync();
        await _site.DisposeAsync();
    }

    private static ObjectDisposedException Disposed(DeviceProgram program) =>
        new(nameof(ProgramRunner), $"The runner was disposed while {program.Name} ran: the run was abandoned and has no verdict.");
}
