using Spectre.Console;

namespace IotMqtt.Orchestrator.Terminal.Text;

/// <summary>A terminal: tones are colours.</summary>
internal sealed class ColourOutput(IAnsiConsole console) : ITextOutput
{
    /// <inheritdoc/>
    public int Width => Math.Clamp(console.Profile.Width, 20, 160);

    /// <inheritdoc/>
    public void Write(TextLine line)
    {
        foreach (var piece in line.Pieces)
        {
            console.Write(new Spectre.Console.Text(Printable.Of(piece.Text), Tones.Style(piece.Tone)));
        }

        console.WriteLine();
    }
}
