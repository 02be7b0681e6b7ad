using IotMqtt.Engine.Running;
using IotMqtt.Models.Chance;
using IotMqtt.Orchestrator.Cli.Running;
using IotMqtt.Orchestrator.Reports;
using IotMqtt.Orchestrator.Reports.Recording;
using IotMqtt.Orchestrator.Terminal;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Explaining;

/// <summary>How fast a program could be, and through which steps: what a run against the models in virtual time finds.</summary>
internal static class IdealPath
{
    private const int MaxSteps = 20;

    /// <summary>What waits for ever has no ideal path.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static IEnumerable<TextLine> Of(RunInputs inputs, ulong seed, CancellationToken cancellationToken)
    {
        var recorder = new RunRecorder();
        var silence = new PlainOutput(TextWriter.Null);
        var run = new WatchedRun(inputs, seed, recorder, new SilentRunView(silence), CancellationToken.None);
        var request = new RunRequest { Program = inputs.Program.Name, IsDryRun = true, Timeout = Longest };
        var result = DryRun.Run(run, request, silence, TimeProvider.System, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        var header = new RunHeader { Run = result.Run, Program = inputs.Program.Name, Registration = new RegistrationReport(0, 0) };
        var report = recorder.Report(header, result.Verdict, NodeLabels.Of(inputs.Program));
        if (result.Verdict.Status == RunStatus.TimedOut)
        {
            yield return new(new Piece($"by its models it does not end within {DurationText.Format(Longest)}", Tone.Bad));
            yield break;
        }

        yield return new(new("ideal critical path ", Tone.Strong), new("◆ ", Tone.Critical), new(Durations.Short(report.CriticalPathMs), Tone.Strong));
        var critical = report.Steps.Where(step => step.Critical).ToList();
        foreach (var step in critical.Take(MaxSteps))
        {
            var took = (step.DoneAt - step.StartedAt) ?? 0;
            yield return new(
                new Piece($"{Durations.Point(step.PublishedAt ?? 0),9}  ", Tone.Soft), $"{step.Device}.{step.Command}", new($"  {Durations.Short(took)}", Tone.Soft));
        }

        if (critical.Count > MaxSteps)
        {
            yield return new(new Piece($"           … and {critical.Count - MaxSteps:N0} more", Tone.Soft));
        }

        foreach (var error in report.Errors.Where(error => error.Fatal).Take(MaxSteps))
        {
            yield return new(new Piece($"by its models it will fail: {error}", Tone.Bad));
        }
    }
}
