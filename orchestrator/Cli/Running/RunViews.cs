using IotMqtt.Orchestrator.Terminal;
using IotMqtt.Orchestrator.Terminal.Live;
using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>How a run is shown: as a moving tree in a terminal, as lines elsewhere, not at all where standard output is a document.</summary>
internal static class RunViews
{
    public static IRunView Create(RunRequest request, CliContext context, ITextOutput errors, RunInputs inputs, NodeLabels labels)
    {
        if (request.IsJson)
        {
            return new SilentRunView(errors);
        }

        var title = new RunTitle(inputs.Program.Name, World(request), request.Seed);
        var width = StepLines.WidthOf(inputs.Program, inputs.Fleet);

        // A dry run is over before a picture could move.
        return context.OutputTerminal is { } terminal && context.WantsColour && request is { IsPlain: false, IsDryRun: false }
            ? new LiveRunView(title, terminal(), errors, labels, width, context.Time)
            : new PlainRunView(title, context.Lines(request.IsPlain), errors, new StepLines(labels, width));
    }

    /// <summary>Where it runs, for people.</summary>
    public static string World(RunRequest request) =>
        request.IsDryRun ? "dry run" : request.Broker is { } broker ? broker.ToString() : "embedded broker";
}
