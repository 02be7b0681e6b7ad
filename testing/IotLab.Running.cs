using IotMqtt.Engine.Programs;
using IotMqtt.Models.Reading;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;
using IotMqtt.Runner.Running;
using IotMqtt.Testing.Pages;

namespace IotMqtt.Testing;

public sealed partial class IotLab
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="programFile">The program's file; the fleet that it names is not looked at, the lab's is.</param>
    /// <param name="set">Its parameters that differ from their defaults, as <c>--set</c> has them.</param>
    /// <param name="cancellationToken">Interrupts it; the result says so.</param>
    /// <exception cref="InvalidFileException">The program is not valid, or does not fit the fleet: everything that is wrong, with file, line and column.</exception>
    /// <exception cref="LabException">The lab has no fleet, runs another program, or was disposed meanwhile.</exception>
    public Task<LabRun> RunAsync(string programFile, IReadOnlyDictionary<string, string>? set = null, CancellationToken cancellationToken = default)
    {
        var diagnostics = new DiagnosticBag();
        var options = new ProgramLoadOptions { Path = programFile, Fleet = HostedFleet, Set = [.. set ?? new Dictionary<string, string>()], Seed = _options.Seed };
        var loaded = ProgramLoader.Load(options, diagnostics) ?? throw new InvalidFileException([.. diagnostics]);
        return RunAsync(loaded.Program, programFile, new ProgramRunOptions { Parameters = loaded.Inputs.Parameters }, cancellationToken);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program, such as <c>DeviceProgram.Create("wake-up", Do("speaker.switch-on"))</c>.</param>
    /// <param name="options">How it goes; null: the defaults.</param>
    /// <param name="cancellationToken">Interrupts it; the result says so.</param>
    /// <exception cref="LabException">The program does not fit the fleet; the lab has no fleet, runs another program, or was disposed meanwhile.</exception>
    public Task<LabRun> RunAsync(DeviceProgram program, ProgramRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        return RunAsync(program, null, options ?? new ProgramRunOptions(), cancellationToken);
    }

    /// <summary>Runs one step, which may be a <c>Sequence</c> or a <c>Parallel</c>, to its end.</summary>
    /// <param name="step">The step, such as <c>Do("speaker.switch-on")</c>.</param>
    /// <param name="cancellationToken">Interrupts it; the result says so.</param>
    /// <exception cref="LabException">As of a program.</exception>
    public Task<LabRun> RunAsync(Node step, CancellationToken cancellationToken = default) =>
        RunAsync(DeviceProgram.Create("steps", step), null, cancellationToken);

    /// <summary>Writes everything that crossed the lab, and the runs in it, as one HTML page.</summary>
    /// <param name="path">The file; it is overwritten.</param>
    public void WriteHtml(string path)
    {
        using var output = new StreamWriter(path);
        WriteHtml(output);
    }

    /// <summary>Writes everything that crossed the lab, and the runs in it, as one HTML page.</summary>
    /// <param name="output">Where to.</param>
    public void WriteHtml(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        (TimeSpan, LabRun)[] runs;
        lock (_gate)
        {
            runs = [.. _runs];
        }

        LabPage.Write(output, Root.ToString(), Messages, runs, _observer.Talk.Failures);
    }

    private Models.Fleets.FleetDefinition HostedFleet =>
        _fleet ?? throw new LabException($"The lab has no fleet to run a program on; start one with {nameof(HostAsync)}.");

    private Task<LabRun> RunAsync(DeviceProgram program, string? file, ProgramRunOptions options, CancellationToken cancellationToken)
    {
        _ = HostedFleet;
        return WorkAsync($"runs {program.Name}", async () =>
        {
            using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ended);
            using var abandon = CancellationTokenSource.CreateLinkedTokenSource(options.Abandon, _ended);
            var recorder = new RunRecorder();
            _records.Add(recorder);
            await StandIns.ReadyAsync(interrupt.Token).ConfigureAwait(false);
            var began = _observer.Now;
            try
            {
                options = options with { Observers = options.Observers.Add(recorder), Abandon = abandon.Token };
                var result = await _runner!.RunAsync(program, options, interrupt.Token).ConfigureAwait(false);
                if (_ended.IsCancellationRequested)
                {
                    throw new LabException($"The lab was disposed while {program.Name} ran; it was ended.");
                }

                await _observer.CatchUpAsync(_ended).ConfigureAwait(false);
                var report = recorder.Report(Header(result, file), result.Verdict, NodeLabels.Of(program));
                var run = new LabRun(report, [.. Messages.Where(message => message.At >= began)]);
                lock (_gate)
                {
                    _runs.Add((began, run));
                }

                return run;
            }
            catch (OrchestratorException exception)
            {
                throw new LabException($"{program.Name} could not run: {exception.Message}");
            }
        });
    }

    private RunHeader Header(ProgramResult result, string? file) => new()
    {
        Run = result.Run,
        Program = result.Program,
        File = file,
        World = _broker.IsOwn ? "embedded" : _broker.Url.ToString(),
        Seed = result.Seed,
        BeganAt = result.BeganAt,
        Registration = new RegistrationReport(result.Registration.Devices, result.Registration.Elapsed.TotalMilliseconds),
    };
}
