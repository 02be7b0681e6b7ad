namespace IotMqtt.Orchestrator.Terminal.Text;

/// <summary>Where lines for people go.</summary>
internal interface ITextOutput
{
    /// <summary>How many columns there are.</summary>
    int Width { get; }

    /// <summary>Writes a line.</summary>
    void Write(TextLine line);
}
