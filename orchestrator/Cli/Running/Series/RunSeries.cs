using System.Globalization;
using IotMqtt.Models.Reading;
using IotMqtt.Orchestrator.Cli.Diagnosing;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Running.Series;

/// <summary>Several programs, one after the other: each with its verdict, all with the exit code of the worst.</summary>
internal sealed class RunSeries(RunRequest request, IReadOnlyList<string> programs, CliContext context)
{
    // From good to bad. Who is interrupted has no verdict; what could not begin says less than what failed.
    private static readonly int[] ByWeight =
    [
        ExitCodes.Succeeded, ExitCodes.Unanswered, ExitCodes.Failed, ExitCodes.DevicesMissing, ExitCodes.BrokerUnreachable, ExitCodes.InvalidInput, ExitCodes.Interrupted,
    ];

    /// <summary>Runs them.</summary>
    /// <exception cref="CliException">One of them is not valid: then none is run.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var rehearsal = request.IsDryRun ? null : MqttRun.RehearseAsync(request, context.Time);
        var all = ReadAll();
        using var reports = new SeriesReports(request, [.. all.Select(each => each.Inputs.Program.Name)], context);
        await using var pool = new RunnerPool(request, context.Time, rehearsal);
        var codes = new List<(string Name, int Code)>();
        for (var at = 0; at < all.Count && (codes is not [.., (_, ExitCodes.Interrupted)]); at++)
        {
            var (one, inputs) = all[at];
            codes.Add((inputs.Program.Name, await RunOneAsync(one, inputs, pool, reports, isLast: at == all.Count - 1, cancellationToken)));
            if (!request.IsJson)
            {
                context.Lines(request.IsPlain).Write(TextLine.Empty);
            }
        }

        var failure = reports.End();
        foreach (var error in failure)
        {
            context.ErrorLines(request.IsPlain).Write(new(new("error: ", Tone.Bad), error));
        }

        Say(codes, [.. all.Skip(codes.Count).Select(each => each.Inputs.Program.Name)]);
        var worst = codes.Select(each => each.Code).MaxBy(code => Array.IndexOf(ByWeight, code));
        return worst == ExitCodes.Succeeded && failure.Count > 0 ? ExitCodes.InvalidInput : worst;
    }

    /// <summary>Everything that is wrong with all of them is said at once, and nothing is begun that could not be ended.</summary>
    private List<(RunRequest Request, RunInputs Inputs)> ReadAll()
    {
        var read = new List<(RunRequest, RunInputs)>();
        var wrong = new List<Diagnostic>();
        foreach (var program in programs)
        {
            var one = request with { Program = program };
            try
            {
                read.Add((one, RunInputs.Read(one, context.Environment)));
            }
            catch (CliException exception)
            {
                wrong.AddRange(exception.Diagnostics);
            }
        }

        return wrong.Count == 0 ? read : throw new CliException([.. wrong.Distinct()]);
    }

    private async Task<int> RunOneAsync(RunRequest one, RunInputs inputs, RunnerPool pool, SeriesReports reports, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            var session = new RunSession(one with { Reports = reports.Own(inputs.Program.Name) }, context) { Reported = reports.Add };
            return await session.RunAsync(inputs, pool, isLast, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            reports.AddUnbegun(inputs.Program.Name, one.Program, "interrupted before it began");
            context.ErrorLines(one.IsPlain).Write(new(new Piece("interrupted; nothing is running any more", Tone.Critical)));
            return ExitCodes.Interrupted;
        }
        catch (OrchestratorException exception)
        {
            // The next one begins anew: what this one ran on may be gone.
            await pool.EndAsync();
            reports.AddUnbegun(inputs.Program.Name, one.Program, exception.Message);
            return FailurePrinter.Print(exception, context, one.IsPlain);
        }
    }

    private void Say(List<(string Name, int Code)> ended, IReadOnlyList<string> notRun)
    {
        if (request.IsJson)
        {
            return;
        }

        var output = context.Lines(request.IsPlain);
        foreach (var (name, code) in ended)
        {
            output.Write(code == ExitCodes.Succeeded
                ? new(new Piece($"✓ {name}", Tone.Good))
                : new(new($"✕ {name}", Tone.Bad), new(string.Create(CultureInfo.InvariantCulture, $"  exit {code}"), Tone.Soft)));
        }

        foreach (var name in notRun)
        {
            output.Write(new(new Piece($"– {name}  not run", Tone.Refused)));
        }

        var good = ended.Count(each => each.Code == ExitCodes.Succeeded);
        output.Write(new(new Piece(string.Create(CultureInfo.InvariantCulture, $"{good} of {ended.Count + notRun.Count} programs succeeded"), Tone.Strong)));
    }
}
