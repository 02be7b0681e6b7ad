namespace IotMqtt.Orchestrator.Terminal.Text;

/// <summary>What devices and files say, made safe for a terminal: no control character of theirs reaches it.</summary>
internal static class Printable
{
    /// <summary>The text on one line, with a mark in place of each control character.</summary>
    public static string Of(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        return string.Concat(text.ReplaceLineEndings(" ").Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
    }
}
