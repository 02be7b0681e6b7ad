using System.Text;
using IotMqtt.Runner.Reports.Json;

namespace IotMqtt.Runner.Reports.Html;

/// <summary>
/// One self-contained page: it asks nothing of the network and carries the whole report. What matters most is plain HTML; the timeline is
/// drawn by its script.
/// </summary>
internal sealed class HtmlReport : IReportFormat
{
    private static readonly string[] Scripts = ["model.js", "rows.js", "timeline.js", "overview.js", "details.js", "table.js", "main.js"];

    /// <inheritdoc/>
    public void Write(RunReport report, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var sample = HtmlSample.Of(report);
        var page = Asset("report.html");
        while (page.IndexOf("{{", StringComparison.Ordinal) is var open and >= 0)
        {
            var close = page.IndexOf("}}", open, StringComparison.Ordinal);
            writer.Write(page.AsSpan(0, open));
            WritePart(writer, report, sample, page[(open + 2)..close]);
            page = page[(close + 2)..];
        }

        writer.Write(page);
    }

    private static void WritePart(StreamWriter writer, RunReport report, RunReport sample, string part)
    {
        switch (part)
        {
            case "title":
                writer.Write(HtmlText.Escape($"{report.Program} {StatusNames.Of(report.Status)}"));
                break;
            case "style":
                writer.Write(Asset("report.css"));
                break;
            case "summary":
                HtmlSummary.Write(writer, report, sample);
                break;
            case "data":
                writer.Flush();
                JsonReport.WriteCompact(sample, writer.BaseStream);
                break;
            case "script":
                foreach (var script in Scripts)
                {
                    writer.Write(Asset(script));
                }

                break;
            default:
                throw new InvalidOperationException($"the page has no part '{part}'");
        }
    }

    private static string Asset(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"Reports/Html/{name}")
            ?? throw new InvalidOperationException($"the assembly has no '{name}'");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
