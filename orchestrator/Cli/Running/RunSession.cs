using IotMqtt.Orchestrator.Cli.Running.Series;
using IotMqtt.Orchestrator.Terminal;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Registry;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Json;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>One run: from the files to the exit code.</summary>
internal sealed class RunSession(RunRequest request, CliContext context)
{
    private readonly ITextOutput _errors = context.ErrorLines(request.IsPlain);

    /// <summary>Takes the report in place of standard output, where several programs run.</summary>
    public Action<RunReport>? Reported { get; init; }

    /// <summary>Runs the program, shows it, writes its reports.</summary>
    /// <exception cref="CliException">It could not begin.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // While files are read another core is idle.
        var rehearsal = request.IsDryRun ? null : MqttRun.RehearseAsync(request, context.Time);
        var inputs = RunInputs.Read(request, context.Environment);
        await using var pool = new RunnerPool(request, context.Time, rehearsal);
        return await new RunSession(SeriesReports.ForOne(request, inputs.Program.Name), context).RunAsync(inputs, pool, isLast: true, cancellationToken);
    }

    /// <summary>Runs a program that has been read, in virtual time.</summary>
    public async Task<int> DryRunAsync(RunInputs inputs, CancellationToken cancellationToken)
    {
        await using var pool = new RunnerPool(request, context.Time, rehearsal: null);
        return await RunAsync(inputs, pool, isLast: true, cancellationToken);
    }

    /// <summary>Runs a program that has been read.</summary>
    /// <param name="inputs">The program and what it needs.</param>
    /// <param name="pool">Where it runs.</param>
    /// <param name="isLast">Whether that is not needed any more afterwards.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <exception cref="CliException">It could not begin.</exception>
    public async Task<int> RunAsync(RunInputs inputs, RunnerPool pool, bool isLast, CancellationToken cancellationToken)
    {
        var seed = request.Seed ?? RunInputs.DefaultSeed;
        if (request.StepTimeout is { } stepTimeout)
        {
            inputs = inputs with { Program = inputs.Program with { StepTimeout = stepTimeout } };
        }

        var labels = NodeLabels.Of(inputs.Program);
        await using var view = RunViews.Create(request, context, _errors, inputs, labels);
        using var recorder = new RunRecorder { OnEnded = view.Ended };
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var abandon = new CancellationTokenSource();
        using var interrupts = context.Interrupts.Register(count => Interrupt(count, view, interrupt, abandon));
        var watched = new WatchedRun(inputs, seed, recorder, view, abandon.Token);
        using var around = RunSpan.Begin(context.Environment);
        var result = request.IsDryRun ? DryRun.Run(watched, request, _errors, context.Time, interrupt.Token) : await MqttRun.RunAsync(watched, request, pool, context.Time, interrupt.Token);
        if (isLast)
        {
            await pool.EndAsync();
        }

        var report = recorder.Report(Header(result, inputs), result.Verdict, labels);
        await view.EndedAsync(report);
        if (recorder.Trouble is { } trouble)
        {
            _errors.Write(new(new("warning: ", Tone.Refused), $"the record of the run was kept in memory, as no file could be written in {Path.GetTempPath()}: {trouble}; TMPDIR names another folder"));
        }

        if (Reported is { } reported)
        {
            reported(report);
        }
        else if (request.IsJson)
        {
            JsonReport.Write(report, context.Output);
        }

        return WriteReports(report) ? report.ExitCode : report.ExitCode == ExitCodes.Succeeded ? ExitCodes.InvalidInput : report.ExitCode;
    }

    private static void Interrupt(int count, IRunView view, CancellationTokenSource interrupt, CancellationTokenSource abandon)
    {
        if (count == 1)
        {
            view.Interrupting("interrupted: cancelling what is in flight and waiting for it; once more, and nobody waits");
            interrupt.Cancel();
        }
        else
        {
            abandon.Cancel();
        }
    }

    private RunHeader Header(RunResult result, RunInputs inputs) => new()
    {
        Run = result.Run,
        Program = inputs.Program.Name,
        File = request.Program,
        Fleet = inputs.FleetFile,
        World = RunViews.World(request),
        Seed = result.Seed,
        BeganAt = result.BeganAt,
        Registration = Report(result.Registration),
    };

    private static RegistrationReport Report(Registration registration) => new(registration.Devices, registration.Elapsed.TotalMilliseconds);

    private bool WriteReports(RunReport report)
    {
        var all = true;
        foreach (var target in request.Reports)
        {
            if (target.Write(report, context.Environment("GITHUB_STEP_SUMMARY")) is { } error)
            {
                _errors.Write(new(new("error: ", Tone.Bad), error));
                all = false;
            }
        }

        return all;
    }
}
