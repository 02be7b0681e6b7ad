namespace IotMqtt.Orchestrator.Terminal.Text;

/// <summary>A file, a pipe, a CI log: words without colours, lines as long as they are.</summary>
internal sealed class PlainOutput(TextWriter writer) : ITextOutput
{
    /// <inheritdoc/>
    public int Width => 100;

    /// <inheritdoc/>
    public void Write(TextLine line) => writer.WriteLine(line.ToString());
}
