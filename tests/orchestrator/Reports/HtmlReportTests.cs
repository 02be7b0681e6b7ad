using System.Text;
using System.Text.RegularExpressions;
using IotMqtt.Orchestrator.Reports;
using IotMqtt.Orchestrator.Reports.Html;

namespace IotMqtt.Orchestrator.Tests.Reports;

public sealed partial class HtmlReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-html-");

    [Fact]
    public void The_page_asks_nothing_of_the_network()
    {
        var page = Write(SampleReports.Failing());

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.All(Elsewhere().Matches(page).Select(match => match.Value), link => Assert.Equal("href=\"data:,\"", link));
    }

    [Fact]
    public void What_devices_say_cannot_become_markup()
    {
        var report = SampleReports.Failing() with { Program = "</script><script>document.title='owned'</script>" };

        var page = Write(report);

        Assert.DoesNotContain("<script>document", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<nothing>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chromium_draws_the_timeline_with_phases_critical_path_retries_and_errors()
    {
        var dom = await OpenAsync(Write(SampleReports.Failing()));

        Assert.Contains("data-ready=\"7\"", dom, StringComparison.Ordinal);
        Assert.Equal(7, Rows().Count(dom));
        Assert.Contains("class=\"bar queue succeeded\"", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"bar execute succeeded\"", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"bar ack succeeded\"", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"bar refusal rejected\"", dom, StringComparison.Ordinal);
        Assert.Contains("class=\"bar crit", dom, StringComparison.Ordinal);
        Assert.Contains("↻ 3 attempts · 1.262 s", dom, StringComparison.Ordinal);
        Assert.Contains("rejected: the speaker is off", dom, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Chromium_search_filters_folding_zoom_details_table_and_theme_work()
    {
        const string Use = """
            const seen = [];
            const check = (name, holds) => seen.push(`${holds ? "ok" : "NOT OK"} ${name}`);
            const at = id => document.getElementById(id);
            const press = key => at("grid").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            const rows = () => document.querySelectorAll("#rows .row").length;
            const type = async words => { at("search").value = words; at("search").dispatchEvent(new Event("input")); await frame(); };
            addEventListener("error", event => seen.push("NOT OK " + event.message));
            (async () => {
              await frame();
              await type("speaker.play"); check("search keeps the step and what is around it", rows() === 3 && at("found").textContent === "1 found");
              await type(""); check("search ends", rows() === 7);
              document.querySelector('[data-show="failures"]').click(); await frame(); check("failures only", rows() === 4);
              document.querySelector('[data-show="all"]').click(); await frame();
              at("collapse").click(); await frame(); check("folded", rows() === 2);
              at("expand").click(); await frame(); check("unfolded", rows() === 7);
              const width = () => document.querySelector(".bar.execute").getBoundingClientRect().width, before = width();
              at("zoom-fit").click(); await frame(); press("Home"); await frame();
              check("keyboard chooses", at("grid").getAttribute("aria-activedescendant") === "row-0");
              press("ArrowLeft"); await frame(); check("keyboard folds", rows() === 1);
              press("ArrowRight"); await frame(); check("keyboard unfolds", rows() === 7);
              press("End"); press("Enter"); await frame(); check("details", !at("details").hidden && at("facts").textContent.includes("no answer within"));
              dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" })); check("details close", at("details").hidden);
              document.querySelector("[data-go]").click(); await frame(); check("an error leads to its step", document.querySelector('#rows [aria-selected="true"] .text').textContent === "speaker.play");
              at("zoom-in").click(); await frame(); at("zoom-in").click(); await frame(); check("zoom", document.querySelectorAll("#axis span").length > 1 && before > 0);
              at("zoom-fit").click(); await frame(); check("fit", Math.abs(width() - before) < 0.5);
              at("view-table").click(); await frame(); check("table", document.querySelectorAll("#cells tr").length === 7);
              document.querySelector('[data-column="8"]').click(); document.querySelector('[data-column="8"]').click(); check("table sorts", document.querySelector("#cells tr").textContent.includes("hall-light"));
              at("view-timeline").click(); await frame(); check("timeline again", rows() === 7);
              at("theme").click(); at("theme").click(); check("dark", getComputedStyle(document.body).backgroundColor === "rgb(13, 17, 23)");
              document.documentElement.dataset.seen = seen.join("; ");
            })();
            """;
        var page = Write(SampleReports.Failing()).Replace("</body>", $"<script>{Use}</script></body>", StringComparison.Ordinal);

        var dom = await OpenAsync(page);

        var seen = Seen().Match(dom).Groups[1].Value.Split("; ");
        Assert.True(seen.Length == 17, $"it saw: {string.Join("; ", seen)}");
        Assert.All(seen, check => Assert.StartsWith("ok ", check, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ten_thousand_steps_are_written_at_once_and_only_the_rows_in_sight_exist()
    {
        var report = SampleReports.Big(10_000);

        var dom = await OpenAsync(Write(report).Replace("</body>", "<script>document.getElementById('expand').click();</script></body>", StringComparison.Ordinal));

        Assert.Contains("10,000", dom, StringComparison.Ordinal);
        Assert.InRange(Rows().Count(dom), 20, 80);
        Assert.Contains($"aria-rowcount=\"{report.Nodes.Length}\"", dom, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Write(RunReport report)
    {
        using var output = new MemoryStream();
        new HtmlReport().Write(report, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private async Task<string> OpenAsync(string page)
    {
        var file = Path.Combine(_folder.FullName, "report.html");
        // A page that nobody looks at is given no frames to draw: timers stand in for them.
        const string Frames = "<script>window.requestAnimationFrame = draw => setTimeout(() => draw(performance.now()), 0);</script></head>";
        await File.WriteAllTextAsync(file, page.Replace("</head>", Frames, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (dom, log) = await Chromium.OpenAsync(file, TestContext.Current.CancellationToken);
        var complaints = log.Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal)).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        return dom;
    }

    [GeneratedRegex("""(?:src|href|action|data)="[^"]*"|url\([^)]*\)|@import|https?://""")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("id=\"row-\\d+\"")]
    private static partial Regex Rows();

    [GeneratedRegex("data-seen=\"([^\"]*)\"")]
    private static partial Regex Seen();
}
