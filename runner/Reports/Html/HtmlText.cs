using System.Text.Encodings.Web;

namespace IotMqtt.Runner.Reports.Html;

/// <summary>Text that others wrote, made safe for a page.</summary>
internal static class HtmlText
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    /// <summary>Safe as content and within double quotes.</summary>
    public static string Escape(string text) => Encoder.Encode(text);
}
