using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Reports;

namespace IotMqtt.Orchestrator.Terminal;

/// <summary>What stays to be seen of a run: its timeline, what went wrong, and the verdict.</summary>
internal static class RunEnding
{
    /// <summary>Writes it.</summary>
    /// <param name="report">The run.</param>
    /// <param name="output">Where the timeline and the verdict go.</param>
    /// <param name="errors">Where what went wrong goes: standard error, so that it is seen when the output is kept in a file.</param>
    public static void Write(RunReport report, ITextOutput output, ITextOutput errors)
    {
        output.Write(TextLine.Empty);
        foreach (var line in Timeline.Of(report, output.Width))
        {
            output.Write(line);
        }

        output.Write(TextLine.Empty);
        foreach (var line in VerdictLines.Errors(report))
        {
            errors.Write(line);
        }

        // In a file a verdict is one line, however long.
        foreach (var line in VerdictLines.Verdict(report, output is ColourOutput ? output.Width : int.MaxValue))
        {
            output.Write(line);
        }
    }
}
