using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace IotMqtt.Runner.Reports.Json;

/// <summary>The record itself, as one JSON document: indented, but steps and nodes a line each.</summary>
internal sealed class JsonReport : IReportFormat
{
    private const int MostPending = 64 * 1024;

    // Inside a script element only "<" can end it or start a comment.
    private static readonly JavaScriptEncoder ForPages = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <inheritdoc/>
    public void Write(RunReport report, Stream output)
    {
        Write(report, output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes the document as text, however long it is.</summary>
    public static void Write(RunReport report, TextWriter output)
    {
        using var stream = new Utf8TextStream(output);
        new JsonReport().Write(report, stream);
    }

    /// <summary>The same without white space, and safe within a script element of a page that carries it.</summary>
    public static void WriteCompact(RunReport report, Stream output) => Write(report, output, new JsonWriterOptions { Encoder = ForPages });

    private static void Write(RunReport report, Stream output, JsonWriterOptions options)
    {
        var types = new ReportJson(new JsonSerializerOptions(ReportJson.Default.Options) { Encoder = options.Encoder });
        using var rows = new JsonRows(options);
        using var writer = new Utf8JsonWriter(output, options);
        writer.WriteStartObject();
        foreach (var property in types.RunReport.Properties)
        {
            writer.WritePropertyName(property.Name);
            switch (property.Get!(report))
            {
                case IReadOnlyCollection<StepReport> steps:
                    WriteRows(writer, steps, rows.Of);
                    break;
                case IReadOnlyCollection<NodeReport> nodes:
                    WriteRows(writer, nodes, rows.Of);
                    break;
                case IReadOnlyCollection<ErrorReport> errors:
                    writer.WriteStartArray();
                    foreach (var error in errors)
                    {
                        JsonSerializer.Serialize(writer, error, types.ErrorReport);
                        FlushWhereMuch(writer);
                    }

                    writer.WriteEndArray();
                    break;
                case var value:
                    JsonSerializer.Serialize(writer, value, types.GetTypeInfo(property.PropertyType)!);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteRows<T>(Utf8JsonWriter writer, IReadOnlyCollection<T> things, Func<T, ReadOnlySpan<byte>> row)
    {
        writer.WriteStartArray();
        foreach (var thing in things)
        {
            writer.WriteRawValue(row(thing), skipInputValidation: true);
            FlushWhereMuch(writer);
        }

        writer.WriteEndArray();
    }

    private static void FlushWhereMuch(Utf8JsonWriter writer)
    {
        if (writer.BytesPending > MostPending)
        {
            writer.Flush();
        }
    }
}
