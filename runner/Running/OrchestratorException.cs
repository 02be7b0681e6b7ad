using IotMqtt.Models.Reading;

namespace IotMqtt.Runner.Running;

/// <summary>
/// A run could not take place. What goes wrong <em>during</em> a run is no exception but part of its result.
/// </summary>
public sealed class OrchestratorException : Exception
{
    /// <summary>Something is wrong that somebody can do something about.</summary>
    /// <param name="kind">Who can.</param>
    /// <param name="message">What is wrong and what to do next, for people.</param>
    /// <param name="innerException">What it came from.</param>
    public OrchestratorException(OrchestratorErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>Input files are not valid.</summary>
    /// <param name="diagnostics">Everything that is wrong with them.</param>
    public OrchestratorException(IReadOnlyCollection<Diagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics))
    {
        Kind = OrchestratorErrorKind.InvalidInput;
        Diagnostics = diagnostics;
    }

    /// <summary>Who can do something about it.</summary>
    public OrchestratorErrorKind Kind { get; }

    /// <summary>Everything that is wrong with the input files; empty if it is something else.</summary>
    public IReadOnlyCollection<Diagnostic> Diagnostics { get; } = [];

    /// <summary>The exit code of <c>iotmqtt</c> for it: 2, 3 or 4.</summary>
    public int ExitCode => (int)Kind;
}
