namespace IotMqtt.Orchestrator.Terminal.Text;

/// <summary>A piece of a line.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tone">What it means.</param>
internal readonly record struct Piece(string Text, Tone Tone)
{
    /// <summary>Text that means nothing special.</summary>
    public static implicit operator Piece(string text) => new(text, Tone.Plain);
}

/// <summary>One line of output: the same words in a terminal and in a file.</summary>
/// <param name="Pieces">Its pieces.</param>
internal readonly record struct TextLine(params IReadOnlyList<Piece> Pieces)
{
    /// <summary>A line with nothing in it.</summary>
    public static TextLine Empty => new([]);

    /// <summary>The words alone, without spaces at the end.</summary>
    public override string ToString() => string.Concat(Pieces.Select(piece => Printable.Of(piece.Text))).TrimEnd();
}
