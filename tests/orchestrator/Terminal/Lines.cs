using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Tests.Terminal;

/// <summary>Keeps the lines that are written.</summary>
internal sealed class Lines(int width = 100) : ITextOutput
{
    private readonly List<string> _lines = [];

    public int Width => width;

    public string Text => string.Join('\n', _lines);

    public void Write(TextLine line) => _lines.Add(line.ToString());
}
