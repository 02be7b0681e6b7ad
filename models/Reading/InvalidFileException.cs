namespace IotMqtt.Models.Reading;

/// <summary>A file is not valid. Its author can mend it: the message is everything that is wrong, a line each.</summary>
/// <param name="diagnostics">Everything that is wrong.</param>
public sealed class InvalidFileException(IReadOnlyCollection<Diagnostic> diagnostics) : Exception(string.Join(Environment.NewLine, diagnostics))
{
    /// <summary>Everything that is wrong, in the order of files and lines.</summary>
    public IReadOnlyCollection<Diagnostic> Diagnostics { get; } = diagnostics;
}
