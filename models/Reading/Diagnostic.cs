namespace IotMqtt.Models.Reading;

/// <summary>One thing that is wrong with an input file.</summary>
/// <param name="At">Where.</param>
/// <param name="Message">What is wrong, one sentence without a full stop.</param>
/// <param name="Suggestion">What to write instead, one sentence without a full stop, where there is one.</param>
public sealed record Diagnostic(SourcePosition At, string Message, string? Suggestion = null)
{
    /// <summary><c>file:line:column: error: message; suggestion</c>.</summary>
    public override string ToString() => Suggestion is null ? $"{At}: error: {Message}" : $"{At}: error: {Message}; {Suggestion}";
}
