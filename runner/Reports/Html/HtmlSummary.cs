using System.Globalization;

namespace IotMqtt.Runner.Reports.Html;

/// <summary>The part of the page that needs no script: the verdict, the figures, what went wrong, and a table where there is no script.</summary>
internal static class HtmlSummary
{
    private const int MaxErrors = 500;
    private const int MaxShownForgiven = 5;
    private const int MaxFallbackRows = 500;

    public static void Write(TextWriter writer, RunReport report)
    {
        WriteHeader(writer, report);
        WriteFigures(writer, report);
        WriteErrors(writer, report);
        WriteFallback(writer, report);
    }

    private static void WriteHeader(TextWriter writer, RunReport report)
    {
        var status = StatusNames.Of(report.Status);
        writer.WriteLine($"""<header><div><h1>{HtmlText.Escape(report.Program)}<span class="verdict {status}">{status}</span></h1><p class="about">""");
        foreach (var (name, value) in About(report))
        {
            writer.WriteLine($"<span>{name} <code>{HtmlText.Escape(value)}</code></span>");
        }

        writer.WriteLine("""</p></div><button type="button" id="theme" hidden aria-label="Theme">◐ auto</button></header>""");
    }

    private static IEnumerable<(string Name, string Value)> About(RunReport report)
    {
        if (report.File is { } file)
        {
            yield return ("program", file);
        }

        if (report.Fleet is { } fleet)
        {
            yield return ("fleet", fleet);
        }

        if (report.World is { } world)
        {
            yield return ("on", world);
        }

        if (report.Seed is { } seed)
        {
            yield return ("seed", seed.ToString(CultureInfo.InvariantCulture));
        }

        if (report.BeganAt is { } began)
        {
            yield return ("began", began.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture));
        }

        yield return ("run", report.Run);
    }

    private static void WriteFigures(TextWriter writer, RunReport report)
    {
        var parents = report.Nodes.Select(node => node.Parent).ToHashSet();
        var failed = report.Nodes.Count(node => StatusNames.IsFailure(node.Status) && !parents.Contains(node.Id));
        var retried = report.Steps.Count(step => step.Attempt > 1);
        writer.WriteLine("""<dl class="figures">""");
        Figure(writer, "makespan", Durations.Short(report.MakespanMs));
        Figure(writer, "critical path", Durations.Short(report.CriticalPathMs));
        Figure(writer, "efficiency", Durations.Ratio(report.Efficiency), $"""<meter min="0" max="1" low="0.7" high="0.9" optimum="1" value="{Math.Clamp(report.Efficiency, 0, 1).ToString("0.###", CultureInfo.InvariantCulture)}"></meter>""");
        Figure(writer, "commands", Count(report.Steps.Length), retried > 0 ? $"<small>{Count(retried)} {(retried == 1 ? "retry" : "retries")} among them</small>" : "");
        Figure(writer, "failed", $"""<span{(failed > 0 ? " class=\"bad\"" : "")}>{Count(failed)}</span>""", report.Caught + report.Tolerated > 0 ? $"<small>{Count(report.Caught)} caught, {Count(report.Tolerated)} tolerated</small>" : "");
        Figure(writer, "devices", Count(report.Registration.Devices), $"<small>registered in {Durations.Short(report.Registration.ElapsedMs)}</small>");
        writer.WriteLine("</dl>");
    }

    private static void Figure(TextWriter writer, string name, string value, string more = "") =>
        writer.WriteLine($"<div><dt>{name}</dt><dd>{value} {more}</dd></div>");

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void WriteErrors(TextWriter writer, RunReport report)
    {
        if (report.Errors.IsEmpty)
        {
            return;
        }

        var fatal = report.Errors.Where(error => error.Fatal).ToList();
        var forgiven = report.Errors.Where(error => !error.Fatal).ToList();
        writer.WriteLine($"""<section class="errors{(fatal.Count == 0 ? " forgiven" : "")}" aria-label="Errors">""");
        if (fatal.Count > 0)
        {
            writer.WriteLine("<h2>What went wrong</h2>");
            WriteErrors(writer, fatal);
        }

        if (forgiven.Count > 0)
        {
            // Folded where there is something worse to look at.
            writer.WriteLine($"<details{(fatal.Count == 0 && forgiven.Count <= MaxShownForgiven ? " open" : "")}><summary>{Count(forgiven.Count)} retried, caught or tolerated</summary>");
            WriteErrors(writer, forgiven);
            writer.WriteLine("</details>");
        }

        writer.WriteLine("</section>");
    }

    private static void WriteErrors(TextWriter writer, List<ErrorReport> errors)
    {
        writer.WriteLine("<ul>");
        foreach (var error in errors.Take(MaxErrors))
        {
            var title = error.Step is null ? HtmlText.Escape(error.Path ?? "the run") : HtmlText.Escape(error.Step);
            var place = error.At is null ? "" : $"""<code class="place">{HtmlText.Escape(error.At)}</code>""";
            writer.WriteLine($"""<li><button type="button" data-go="{HtmlText.Escape(error.Path ?? "")}">{title} {StatusNames.Of(error.Status)}</button>: {HtmlText.Escape(error.Message)}{place}{Details(error)}</li>""");
        }

        if (errors.Count > MaxErrors)
        {
            writer.WriteLine($"<li>… and {Count(errors.Count - MaxErrors)} more; the table has them all</li>");
        }

        writer.WriteLine("</ul>");
    }

    private static string Details(ErrorReport error) => error.Details.IsEmpty
        ? ""
        : $"<ul class=\"came\">{string.Concat(error.Details.Select(line => $"<li><code>{HtmlText.Escape(line)}</code></li>"))}</ul>";

    private static void WriteFallback(TextWriter writer, RunReport report)
    {
        writer.WriteLine("""<noscript><div class="fallback"><table><thead><tr><th>step</th><th>status</th><th>published</th><th>took</th><th>error</th><th>path</th></tr></thead><tbody>""");
        foreach (var step in report.Steps.Take(MaxFallbackRows))
        {
            var took = (step.AcknowledgedAt ?? step.DoneAt) - step.PublishedAt;
            writer.WriteLine($"<tr><td>{HtmlText.Escape($"{step.Device}.{step.Command}")}</td><td>{StatusNames.Of(step.Status)}</td><td>{(step.PublishedAt is { } at ? Durations.Point(at) : "")}</td><td>{(took is { } ms ? Durations.Short(ms) : "")}</td><td>{HtmlText.Escape(step.Error ?? "")}</td><td>{HtmlText.Escape(step.Path)}</td></tr>");
        }

        writer.WriteLine("</tbody></table></div></noscript>");
    }
}
