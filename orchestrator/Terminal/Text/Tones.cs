using IotMqtt.Engine.Programs;
using Spectre.Console;

namespace IotMqtt.Orchestrator.Terminal.Text;

/// <summary>The colour of each tone, and the tone of each outcome. From the terminal's own sixteen colours: they suit its theme.</summary>
internal static class Tones
{
    /// <summary>How a tone looks.</summary>
    public static Style Style(Tone tone) => tone switch
    {
        Tone.Soft => new Style(Color.Grey),
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red),
        Tone.Refused => new Style(Color.Maroon, decoration: Decoration.Bold),
        Tone.Lost => new Style(Color.Fuchsia),
        Tone.Active => new Style(Color.Aqua),
        Tone.Critical => new Style(Color.Yellow),
        _ => Spectre.Console.Style.Plain,
    };

    /// <summary>The tone of an outcome.</summary>
    public static Tone Of(StepStatus status) => status switch
    {
        StepStatus.Succeeded => Tone.Good,
        StepStatus.Failed or StepStatus.TimedOut => Tone.Bad,
        StepStatus.Rejected or StepStatus.Expired => Tone.Refused,
        StepStatus.Unknown or StepStatus.Unreachable => Tone.Lost,
        StepStatus.Pending => Tone.Active,
        _ => Tone.Soft,
    };

    /// <summary>The mark of an outcome, one column wide.</summary>
    public static string Mark(StepStatus status) => status switch
    {
        StepStatus.Succeeded => "✓",
        StepStatus.Rejected or StepStatus.Expired => "⊘",
        StepStatus.Unknown or StepStatus.Unreachable => "?",
        StepStatus.Cancelled or StepStatus.Skipped => "–",
        StepStatus.Pending => "·",
        _ => "✕",
    };
}
