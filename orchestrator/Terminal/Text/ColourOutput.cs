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
        // As one paragraph: where it is too long it goes on in the next line with a whole word.
        var whole = new Paragraph();
        foreach (var piece in line.Pieces)
        {
            whole.Append(Printable.Of(piece.Text), Tones.Style(piece.Tone));
        }

        console.Write(whole);
        console.WriteLine();
    }
}
