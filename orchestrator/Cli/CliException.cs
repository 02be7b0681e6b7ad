using IotMqtt.Models.Reading;

namespace IotMqtt.Orchestrator.Cli;

/// <summary>A command cannot go on, for reasons that its user can do something about.</summary>
internal sealed class CliException : Exception
{
    public CliException(int exitCode, params IReadOnlyList<string> errors)
        : base(string.Join(Environment.NewLine, errors)) => (ExitCode, Errors) = (exitCode, errors);

    public CliException(IReadOnlyCollection<Diagnostic> diagnostics, IReadOnlyList<string>? errors = null)
        : base(string.Join(Environment.NewLine, diagnostics)) =>
        (ExitCode, Diagnostics, Errors) = (ExitCodes.InvalidInput, diagnostics, errors ?? []);

    public int ExitCode { get; }

    public IReadOnlyList<string> Errors { get; }

    public IReadOnlyCollection<Diagnostic> Diagnostics { get; } = [];
}
