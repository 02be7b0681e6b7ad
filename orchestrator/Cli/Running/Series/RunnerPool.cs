using IotMqtt.Orchestrator.Cli.Logging;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Running.Series;

/// <summary>Where the programs of a command line run: those that follow each other with one fleet share it, its broker, and the state of its devices.</summary>
internal sealed class RunnerPool : IAsyncDisposable
{
    private readonly RunRequest _request;
    private readonly TimeProvider _time;
    private readonly Task? _rehearsal;
    private readonly CurrentOutput _log = new();
    private readonly LineLoggerFactory _loggers;
    private ProgramRunner? _runner;
    private string? _fleet;

    public RunnerPool(RunRequest request, TimeProvider time, Task? rehearsal)
    {
        (_request, _time, _rehearsal) = (request, time, rehearsal);
        _loggers = new LineLoggerFactory(_log, request.Log, time);
    }

    /// <summary>The runner for a program.</summary>
    /// <param name="run">The program about to run.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="OrchestratorException">It cannot be started.</exception>
    public async Task<ProgramRunner> ForAsync(WatchedRun run, CancellationToken cancellationToken)
    {
        _log.Target = run.View.Log;
        var fleet = run.Inputs.Fleet is null ? "" : Path.GetFullPath(run.Inputs.FleetFile ?? run.Inputs.Fleet.Name);
        if (_runner is not null && fleet == _fleet)
        {
            return _runner;
        }

        await EndAsync();
        _fleet = fleet;
        return _runner = await ProgramRunner.StartAsync(
            new ProgramRunnerOptions
            {
                Fleet = run.Inputs.Fleet,
                Broker = _request.Broker,
                Tls = _request.Tls,
                Root = _request.Root,
                Seed = run.Seed,
                LeavesRetained = _request.Leaves,
                LoggerFactory = _loggers,
                Time = _time,
                Rehearsed = _rehearsal,
            },
            cancellationToken);
    }

    /// <summary>Stops what was started.</summary>
    public async Task EndAsync()
    {
        if (_runner is { } runner)
        {
            _runner = null;
            await runner.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _loggers.Dispose();
    }

    /// <summary>Where lines go now: to the view of the program that runs.</summary>
    private sealed class CurrentOutput : ITextOutput
    {
        public ITextOutput? Target { get; set; }

        public int Width => Target?.Width ?? 80;

        public void Write(TextLine line) => Target?.Write(line);
    }
}
