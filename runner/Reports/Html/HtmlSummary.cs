using System.Globalization;

namespace IotMqtt.Runner.Reports.Html;

/// <summary>The part of the page that needs no script: the verdict, the figures, what went wrong, and a table where there is no script.</summary>
internal static class HtmlSummary
{
    private const int MaxErrors = 500;
    private const int MaxShownForgiven = 5;
    private const int MaxFallbackRows = 500;

    public static void Write(TextWriter writer, RunReport report, RunReport sample)
    {
        WriteHeader(writer, report);
        WriteFigures(writer, report);
        WriteErrors(writer, report);
        WriteSample(writer, report, sample);
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
        var failed = Outlines.Of(report.Nodes).Count(static node => !node.IsGroup && StatusNames.IsFailure(node.Status));
        var retried = Outlines.Of(report.Steps).Count(static step => step.IsRetry);
        writer.WriteLine("""<dl class="figures">""");
        Figure(writer, "makespan", Durations.Short(report.MakespanMs));
        Figure(writer, "critical path", Durations.Short(report.CriticalPathMs));
        Figure(writer, "efficiency", Durations.Ratio(report.Efficiency), $"""<meter min="0" max="1" low="0.7" high="0.9" optimum="1" value="{Math.Clamp(report.Efficiency, 0, 1).ToString("0.###", CultureInfo.InvariantCulture)}"></meter>""");
        Figure(writer, "commands", Count(report.Steps.Count), retried > 0 ? $"<small>{Count(retried)} {(retried == 1 ? "retry" : "retries")} among them</small>" : "");
        Figure(writer, "failed", $"""<span{(failed > 0 ? " class=\"bad\"" : "")}>{Count(failed)}</span>""", report.Caught + report.Tolerated > 0 ? $"<small>{Count(report.Caught)} caught, {Count(report.Tolerated)} tolerated</small>" : "");
        Figure(writer, "devices", Count(report.Registration.Devices), $"<small>registered in {Durations.Short(report.Registration.ElapsedMs)}</small>");
        if (report.LagMs >= 100)
        {
            Figure(writer, "late", $"""<span class="bad">{Durations.Short(report.LagMs)}</span>""", "<small>at most, of the run and the workers</small>");
        }

        writer.WriteLine("</dl>");
    }

    private static void Figure(TextWriter writer, string name, string value, string more = "") =>
        writer.WriteLine($"<div><dt>{name}</dt><dd>{value} {more}</dd></div>");

    private static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void WriteErrors(TextWriter writer, RunReport report)
    {
        if (report.Errors.Count == 0)
        {
            return;
        }

        var fatal = report.Errors.Count(static error => error.Fatal);
        var forgiven = report.Errors.Count - fatal;
        writer.WriteLine($"""<section class="errors{(fatal == 0 ? " forgiven" : "")}" aria-label="Errors">""");
        if (fatal > 0)
        {
            writer.WriteLine("<h2>What went wrong</h2>");
            WriteErrors(writer, report.Errors.Where(static error => error.Fatal), fatal);
        }

        if (forgiven > 0)
        {
            // Folded where there is something worse to look at.
            writer.WriteLine($"<details{(fatal == 0 && forgiven <= MaxShownForgiven ? " open" : "")}><summary>{Count(forgiven)} retried, caught or tolerated</summary>");
            WriteErrors(writer, report.Errors.Where(static error => !error.Fatal), forgiven);
            writer.WriteLine("</details>");
        }

        writer.WriteLine("</section>");
    }

    private static void WriteErrors(TextWriter writer, IEnumerable<ErrorReport> errors, int count)
    {
        writer.WriteLine("<ul>");
        foreach (var error in errors.Take(MaxErrors))
        {
            var title = error.Step is null ? HtmlText.Escape(error.Path ?? "the run") : HtmlText.Escape(error.Step);
            var place = error.At is null ? "" : $"""<code class="place">{HtmlText.Escape(error.At)}</code>""";
            writer.WriteLine($"""<li><button type="button" data-go="{HtmlText.Escape(error.Path ?? "")}">{title} {StatusNames.Of(error.Status)}</button>: {HtmlText.Escape(error.Message)}{place}{Details(error)}</li>""");
        }

        if (count > MaxErrors)
        {
            writer.WriteLine($"<li>… and {Count(count - MaxErrors)} more; <code>--report json=FILE</code> has them all</li>");
        }

        writer.WriteLine("</ul>");
    }

    private static string Details(ErrorReport error) => error.Details.IsEmpty
        ? ""
        : $"<ul class=\"came\">{string.Concat(error.Details.Select(line => $"<li><code>{HtmlText.Escape(line)}</code></li>"))}</ul>";

    private static void WriteSample(TextWriter writer, RunReport report, RunReport sample)
    {
        if (sample.Nodes.Count < report.Nodes.Count)
        {
            writer.WriteLine($"""<p class="sample">A sample: timeline and table show {Count(sample.Steps.Count)} of {Count(report.Steps.Count)} commands. They are of what failed and of the critical path, as far as there is room, and of what began first; groups say how many are left out. The figures above and the errors are of the whole run, and <code>--report json=FILE</code> has every step.</p>""");
        }
    }

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
