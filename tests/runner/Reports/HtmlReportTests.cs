using System.Text;
using System.Text.RegularExpressions;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Html;

namespace IotMqtt.Runner.Tests.Reports;

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
    public async Task What_devices_say_cannot_become_markup_anywhere_on_the_page()
    {
        const string Hostile = "</script><script>owned=1</script><img src=x onerror=owned=1>\"'`&<!--";
        const string Look = """
            await type("img"); check("found by search", rows() > 0);
            await type("");
            press("End"); press("Enter"); await frame(); check("details show it as it is", at("facts").textContent.includes("<img src=x"));
            at("view-table").click(); await frame(); check("the table shows it as it is", at("cells").textContent.includes("<img src=x"));
            check("the title is text", document.title.includes("<img src=x"));
            check("nothing became an element", !document.querySelector("img, script[src]") && document.scripts.length === 4);
            check("nothing was carried out", typeof owned === "undefined");
            """;
        var report = SampleReports.Failing();
        report = report with
        {
            Program = Hostile,
            File = Hostile,
            Steps = [.. report.Steps.Select(step => step with { Device = Hostile, Error = step.Error is null ? null : Hostile })],
            Errors = [.. report.Errors.Select(error => error with { Step = Hostile, Message = Hostile, Path = Hostile, At = Hostile })],
            Nodes = [.. report.Nodes.Select(node => node with { Label = Hostile, Path = Hostile, Message = Hostile })],
        };

        await UseAsync(report, Look, checks: 6);
    }

    [Fact]
    public void What_failed_for_good_comes_before_what_was_got_over()
    {
        var page = Write(SampleReports.Failing());

        var fatal = page.IndexOf("the speaker is off", StringComparison.Ordinal);
        var forgiven = page.IndexOf("<details><summary>2 retried, caught or tolerated</summary>", StringComparison.Ordinal);
        Assert.InRange(fatal, 0, forgiven);
        Assert.True(page.IndexOf("the bowl has not been flushed", StringComparison.Ordinal) > forgiven, "a retried failure stands among those that count");
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
    public Task In_Chromium_search_filters_folding_zoom_details_table_and_theme_work() => UseAsync(
        SampleReports.Failing(),
        """
        const texts = () => [...document.querySelectorAll("#rows .row .text")].map(text => text.textContent);
        await type("speaker.play"); check("search keeps the step and what is around it", texts().join() === "everything-at-once,parallel,speaker.play" && at("found").textContent === "1 found");
        await type(""); check("search ends", rows() === 7);
        click('[data-show="failures"]'); await frame(); check("failures only", texts().slice(2).join() === "speaker.play,hall-light.switch-on");
        click('[data-show="retries"]'); await frame(); check("retries only", texts().slice(2).join() === "toilet.clean");
        click('[data-show="all"]'); await frame();
        at("collapse").click(); await frame();
        check("folded, with what is hidden counted", rows() === 2 && texts()[1] === "parallel" && document.querySelector("#row-1 .again").textContent === "1 ↻" && document.querySelector("#row-1 .fails").textContent === "2 ✕");
        check("a folded group shows when it works, its retries and its failures", document.querySelectorAll("#row-1 .bar.busy").length === 2 && document.querySelectorAll("#row-1 .tick.again").length === 2 && !!document.querySelector("#row-1 .tick:not(.again)"));
        at("expand").click(); await frame(); check("unfolded", rows() === 7);
        press("Home"); await frame(); check("keyboard chooses", at("grid").getAttribute("aria-activedescendant") === "row-0");
        press("ArrowLeft"); await frame(); check("keyboard folds", rows() === 1);
        press("ArrowRight"); await frame(); check("keyboard unfolds", rows() === 7);
        press("End"); press("Enter"); await frame(); check("details", !at("details").hidden && at("facts").textContent.includes("no answer within") && at("facts").textContent.includes("programs/sample.yaml:9:5"));
        dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" })); check("details close", at("details").hidden);
        click("[data-go]"); await frame(); check("an error leads to its step", document.querySelector('#rows [aria-selected="true"] .text').textContent === "speaker.play");
        const length = () => document.querySelector("#row-2 .bar.execute").getBoundingClientRect(), before = length().width, range = () => at("axis").textContent;
        const whole = range();
        dispatchEvent(new KeyboardEvent("keydown", { key: "+" })); await frame(); dispatchEvent(new KeyboardEvent("keydown", { key: "-" })); await frame();
        check("in and out again is where it was", Math.abs(length().width - before) < 1);
        at("grid").dispatchEvent(new WheelEvent("wheel", { ctrlKey: true, deltaY: -Math.log(2) / 0.002, clientX: length().left, bubbles: true, cancelable: true })); await frame();
        check("zoomed twice at the pointer", Math.abs(length().width / before - 2) < 0.05 && range() !== whole);
        for (let i = 0; i < 4; i++) dispatchEvent(new KeyboardEvent("keydown", { key: "+" }));
        await frame(); const away = document.querySelector("#row-4 .away"); check("what is out of sight says where", away.textContent === "‹ 0.000 s");
        away.click(); await frame(); check("and is led to", !document.querySelector("#row-4 .away") && !!document.querySelector("#row-4 .bar.refusal") && at("details").hidden);
        at("zoom-fit").click(); await frame(); check("fit", Math.abs(length().width - before) < 1 && range() === whole);
        at("view-table").click(); await frame(); check("table", document.querySelectorAll("#cells tr").length === 7);
        check("what did not happen took no time", document.querySelectorAll("#cells tr")[2].cells[6].textContent === "–");
        click('[data-column="8"]'); click('[data-column="8"]'); check("table sorts", document.querySelector("#cells tr").textContent.includes("hall-light"));
        click('[data-column="6"]'); check("what did not happen is sorted to the end", document.querySelector("#cells tr:last-child").cells[6].textContent === "–");
        at("view-timeline").click(); await frame(); check("timeline again", rows() === 7);
        at("theme").click(); at("theme").click(); check("dark", getComputedStyle(document.body).backgroundColor === "rgb(13, 17, 23)");
        """,
        checks: 24);

    [Fact]
    public Task With_ten_thousand_steps_only_the_rows_in_sight_exist_however_it_is_used() => UseAsync(
        SampleReports.Big(10_000),
        """
        const few = () => rows() > 20 && rows() < 80 && document.querySelectorAll("#rows *").length < 4000;
        check("opens folded", at("grid").getAttribute("aria-rowcount") < 2000 && few());
        at("expand").click(); await frame(); check("unfolded", Number(at("grid").getAttribute("aria-rowcount")) > 11000 && few());
        at("grid").scrollTop = at("grid").scrollHeight; at("grid").dispatchEvent(new Event("scroll")); await frame();
        check("scrolled to the last", few() && document.querySelector("#rows .row:last-child .text").textContent === "unit-1000.measure");
        await type("unit-777.measure"); check("one device is found", at("found").textContent === "5 found" && rows() === 8);
        await type("sensor"); check("errors are found", rows() > 10 && [...document.querySelectorAll("#rows .note.bad")].every(note => note.textContent === "failed: the sensor is broken"));
        await type(""); click('[data-show="critical"]'); await frame(); check("the critical path alone", rows() === 13 && document.querySelectorAll("#rows .bar.crit").length === 10);
        click('[data-show="all"]'); at("zoom-in").click(); at("zoom-in").click(); at("zoom-in").click(); await frame(); check("zoomed", few());
        at("collapse").click(); await frame(); check("a group of ten thousand is drawn with what the screen can show", rows() === 2 && document.querySelectorAll("#row-1 .chart *").length < 1500);
        at("view-table").click(); await frame(); check("the table has pages", document.querySelectorAll("#cells tr").length === 200 && at("page").textContent === "1–200 of 10,000");
        """,
        checks: 9);

    [Fact]
    public Task A_missed_expectation_is_in_the_table_and_its_words_leave_the_bar_free() => UseAsync(
        SampleReports.Missed(),
        """
        const row = document.querySelector("#row-1"), words = row.querySelector(".note.bad").getBoundingClientRect(), run = row.querySelector(".bar.execute").getBoundingClientRect(), wait = row.querySelector(".bar.pause").getBoundingClientRect();
        check("the words say it", row.querySelector(".note.bad").textContent === "timed-out: received door-lock.downlink did not come within 2s");
        check("beside the bars", words.left >= wait.right - 1 || words.right <= run.left + 1);
        click('[data-show="failures"]'); await frame(); check("it is a failure", at("found").textContent === "1 found");
        at("view-table").click(); await frame();
        const cells = [...document.querySelectorAll("#cells tr")].map(line => [line.cells[1].textContent, line.cells[2].textContent, line.cells[10].textContent].join("|"));
        check("the table lists it once", cells.join() === "motion.detect|timed-out|received door-lock.downlink did not come within 2s");
        """,
        checks: 4);

    [Fact]
    public Task Of_a_big_run_the_page_is_a_sample_that_says_so() => UseAsync(
        SampleReports.Big(30_000),
        """
        const data = JSON.parse(at("run").textContent), said = document.querySelector(".sample").textContent;
        check("it is small", data.nodes.length <= 20000 && data.nodes.length > 6000 && document.documentElement.outerHTML.length < 12e6);
        check("it says so", said.includes(`${data.steps.length.toLocaleString("en")} of 30,000 commands`));
        check("the figures are of the whole", document.querySelector(".figures").textContent.includes("30,000"));
        check("all failures are in it", data.nodes.filter(node => node.status === "failed" && node.label.startsWith("unit-")).length === 30);
        check("the critical path is in it", data.steps.some(step => step.critical));
        at("collapse").click(); await frame();
        check("a group counts what is left out", document.querySelector("#row-1 .count").textContent === "30,000" && document.querySelector("#row-1").textContent.includes(`${(30000 - data.steps.length).toLocaleString("en")} left out`));
        """,
        checks: 6);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Write(RunReport report)
    {
        using var output = new MemoryStream();
        new HtmlReport().Write(report, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Uses the page as somebody would, by a script that says of each thing that it looked at whether it holds.</summary>
    private async Task UseAsync(RunReport report, string use, int checks)
    {
        const string Tools = """
            const seen = [];
            const check = (name, holds) => seen.push(`${holds ? "ok" : "NOT OK"} ${name}`);
            const at = id => document.getElementById(id);
            const click = what => document.querySelector(what).click();
            const press = key => at("grid").dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
            const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            const rows = () => document.querySelectorAll("#rows .row").length;
            const type = async words => { at("search").value = words; at("search").dispatchEvent(new Event("input")); await frame(); };
            addEventListener("error", event => seen.push("NOT OK " + event.message));
            addEventListener("unhandledrejection", event => seen.push("NOT OK " + event.reason));
            """;
        var script = $"<script>{Tools}\n(async () => {{ await frame();\n{use}\n}})().finally(() => document.documentElement.dataset.seen = seen.join('; '));</script></body>";

        var dom = await OpenAsync(Write(report).Replace("</body>", script, StringComparison.Ordinal));

        var seen = Seen().Match(dom).Groups[1].Value.Split("; ");
        Assert.True(seen.Length == checks, $"it saw {seen.Length}: {string.Join("; ", seen)}");
        Assert.All(seen, check => Assert.StartsWith("ok ", check, StringComparison.Ordinal));
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
