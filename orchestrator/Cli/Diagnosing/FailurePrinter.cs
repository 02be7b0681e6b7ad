using IotMqtt.Orchestrator.Terminal.Text;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Diagnosing;

/// <summary>Says why a command could not do what it was asked to.</summary>
internal static class FailurePrinter
{
    /// <summary>Says it on standard error.</summary>
    /// <returns>The exit code for it.</returns>
    public static int Print(CliException exception, CliContext context, bool isPlain)
    {
        var output = context.ErrorLines(isPlain);
        new DiagnosticPrinter(output, withExcerpts: output is ColourOutput).Print(exception.Diagnostics);
        foreach (var error in exception.Errors)
        {
            output.Write(new(new("error: ", Tone.Bad), error));
        }

        return exception.ExitCode;
    }

    /// <inheritdoc cref="Print(CliException, CliContext, bool)"/>
    public static int Print(OrchestratorException exception, CliContext context, bool isPlain) => Print(
        exception.Diagnostics.Count > 0 ? new CliException(exception.Diagnostics) : new CliException(exception.ExitCode, exception.Message), context, isPlain);
}
