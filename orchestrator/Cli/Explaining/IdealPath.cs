using IotMqtt.Engine.Running;
using IotMqtt.Models.Chance;
using IotMqtt.Orchestrator.Cli.Running;
using IotMqtt.Orchestrator.Terminal;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Cli.Explaining;

/// <summary>How fast a program could be, and through which steps: what a run against the models in virtual time finds.</summary>
internal static class IdealPath
{
    private const int MaxSteps = 20;

    /// <summary>What waits for ever has no ideal path.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static IEnumerable<TextLine> Of(RunInputs inputs, ulong seed, CancellationToken cancellationToken)
    {
        using var recorder = new RunRecorder();
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
        var steps = report.Steps.Where(step => step.Critical).ToLookup(step => step.Node);
        var critical = report.Nodes.Where(node => node is { Critical: true, IsGroup: false }).SelectMany(node => Parts(node, steps[node.Id])).Where(part => part.Took > 0).OrderBy(part => part.At).ToList();
        foreach (var (name, at, took) in critical.Take(MaxSteps))
        {
            yield return new(new Piece($"{Durations.Point(at),9}  ", Tone.Soft), name, new($"  {Durations.Short(took)}", Tone.Soft));
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

    /// <summary>A command's attempts, each while it executes; of anything else, the time that it lets pass.</summary>
    private static IEnumerable<(string Name, double At, double Took)> Parts(NodeReport node, IEnumerable<StepReport> steps)
    {
        var attempts = steps.ToList();
        return attempts.Count > 0
            ? attempts.Select(step => ($"{step.Device}.{step.Command}", step.StartedAt ?? step.PublishedAt ?? 0, ((step.DoneAt ?? step.AcknowledgedAt) - (step.StartedAt ?? step.PublishedAt)) ?? 0))
            : [(node.Label, node.StartedAt ?? 0, (node.EndedAt - node.StartedAt) ?? 0)];
    }
}
