namespace IotMqtt.Orchestrator.Terminal.Text;

/// <summary>What devices and files say, made safe for a terminal: no control character of theirs reaches it, nor one that turns text around.</summary>
internal static class Printable
{
    /// <summary>The text on one line, with a mark in place of each character that is not to be printed.</summary>
    public static string Of(string text)
    {
        if (!text.Any(IsControl))
        {
            return text;
        }

        return string.Concat(text.ReplaceLineEndings(" ").Select(letter => IsControl(letter) ? '\uFFFD' : letter));
    }

    private static bool IsControl(char letter) => char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
