using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IotMqtt.Runner.Reports.Json;

/// <summary>The record itself, as one JSON document.</summary>
internal sealed class JsonReport : IReportFormat
{
    // People read the file, and the page that embeds the document escapes what HTML needs itself.
    private static readonly ReportJson Context =
        new(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static readonly JsonWriterOptions Layout =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <inheritdoc/>
    public void Write(RunReport report, Stream output)
    {
        using (var writer = new Utf8JsonWriter(output, Layout))
        {
            JsonSerializer.Serialize(writer, report, Context.RunReport);
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>The document as text.</summary>
    public static string Text(RunReport report)
    {
        using var output = new MemoryStream();
        new JsonReport().Write(report, output);
        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length).TrimEnd();
    }

    /// <summary>The same without white space, for a page that carries it.</summary>
    public static string Compact(RunReport report) => JsonSerializer.Serialize(report, Context.RunReport);
}
