using System.Diagnostics.CodeAnalysis;
using IotMqtt.Runner.Reports.Html;
using IotMqtt.Runner.Reports.Json;
using IotMqtt.Runner.Reports.JUnit;
using IotMqtt.Runner.Reports.Markdown;

namespace IotMqtt.Runner.Reports.Targets;

/// <summary>A report that is wanted: <c>--report html=report.html</c>.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Path">Its file, as the user wrote it.</param>
internal sealed record ReportTarget(string Kind, string Path)
{
    /// <summary>Whether it goes after what is there, where several programs share a file.</summary>
    public bool Appends { get; init; }

    /// <summary>What <see cref="TryParse"/> takes.</summary>
    public const string Grammar = "KIND=FILE, KIND being json, junit, html or markdown";

    /// <summary>Reads a target.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ReportTarget? target)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        target = equals > 0 && equals < text.Length - 1 && FormatOf(text[..equals]) is not null
            ? new ReportTarget(text[..equals], text[(equals + 1)..])
            : null;
        return target is not null;
    }

    /// <summary>
    /// Whether it can be written, asked before the run so that no run is lost. Its folder is made; a file that is there stays as it is, and
    /// none is left where there was none: a CI job would take an empty one for a report.
    /// </summary>
    /// <returns>Why not; null: it can.</returns>
    public string? Check()
    {
        try
        {
            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            var isNew = !System.IO.Path.Exists(Path);
            using (new FileStream(Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite))
            {
            }

            if (isNew)
            {
                File.Delete(Path);
            }

            return null;
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            return Sentence(exception);
        }
    }

    /// <summary>Writes the report: over what was there, but after it in the summary of a running CI step, which others write to as well.</summary>
    /// <param name="report">The report.</param>
    /// <param name="stepSummary">The file of the CI step's summary, where there is one.</param>
    /// <returns>Why it could not be written; null: it is.</returns>
    public string? Write(RunReport report, string? stepSummary)
    {
        try
        {
            var mode = Appends || (Kind == "markdown" && stepSummary is not null && Path == stepSummary) ? FileMode.Append : FileMode.Create;
            using var file = new FileStream(Path, mode, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024);
            FormatOf(Kind)!.Write(report, file);
            file.Flush(flushToDisk: false);
            return null;
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            return Sentence(exception);
        }
    }

    private string Sentence(Exception exception) => $"the {Kind} report cannot be written to {Path}: {exception.Message.TrimEnd('.')}";

    private static bool IsOfFiles(Exception exception) => exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static IReportFormat? FormatOf(string kind) => kind switch
    {
        "json" => new JsonReport(),
        "junit" => new JUnitReport(),
        "html" => new HtmlReport(),
        "markdown" => new MarkdownReport(),
        _ => null,
    };
}
