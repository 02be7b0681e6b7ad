using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using IotMqtt.Engine.Programs;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.JUnit;

namespace IotMqtt.Runner.Tests.Reports;

public sealed class JUnitReportTests
{
    public static TheoryData<string> Samples => ["wake-up", "missed", "everything-at-once", "big", "control characters"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void It_is_valid_by_the_schema_that_CI_servers_use(string sample)
    {
        var document = Write(Sample(sample));
        var schemas = new XmlSchemaSet();
        schemas.Add(null, XmlReader.Create(Path.Combine(AppContext.BaseDirectory, "Reports", "junit.xsd")));
        var errors = new List<string>();

        document.Validate(schemas, (_, e) => errors.Add(e.Message));

        Assert.Empty(errors);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_totals_are_those_of_its_cases(string sample)
    {
        var suite = Write(Sample(sample)).Root!.Element("testsuite")!;
        var cases = suite.Elements("testcase").ToList();

        Assert.Equal(cases.Count, (int)suite.Attribute("tests")!);
        Assert.Equal(cases.Count(one => one.Element("failure") is not null), (int)suite.Attribute("failures")!);
        Assert.Equal(cases.Count(one => one.Element("error") is not null), (int)suite.Attribute("errors")!);
        Assert.Equal(cases.Count(one => one.Element("skipped") is not null), (int)suite.Attribute("skipped")!);
    }

    [Fact]
    public void A_rejected_command_is_a_failure_an_unanswered_one_an_error_and_a_retried_one_passes()
    {
        var cases = Write(SampleReports.Failing()).Descendants("testcase").ToDictionary(one => ((string)one.Attribute("name")!).Split(' ')[0]);

        Assert.Equal("the speaker is off", (string)cases["speaker.play"].Element("failure")!.Attribute("message")!);
        Assert.Equal("unknown", (string)cases["hall-light.switch-on"].Element("error")!.Attribute("type")!);
        Assert.Null(cases["toilet.clean"].Element("failure"));
        Assert.Contains("attempt 2 rejected: the bowl has not been flushed", cases["toilet.clean"].Element("system-out")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_of_no_command_is_a_case_of_its_own()
    {
        var report = SampleReports.WakeUp() with
        {
            Errors = [new ErrorReport { Path = "steps[1]", Status = StepStatus.Failed, Message = "assert: speaker.state.playing does not hold" }],
        };

        var failure = Assert.Single(Write(report).Descendants("failure"));

        Assert.Equal("assert: speaker.state.playing does not hold", (string)failure.Attribute("message")!);
    }

    [Fact]
    public void A_command_whose_expectation_was_missed_is_one_case_that_failed_and_says_where_it_was_written()
    {
        var cases = Write(SampleReports.Missed()).Descendants("testcase").ToList();

        Assert.Equal(["motion.detect (steps[0])", "lamp.switch-on (steps[1])"], cases.Select(one => (string)one.Attribute("name")!));
        var failure = Assert.Single(cases.Elements("failure"));
        Assert.Equal("timed-out", (string)failure.Attribute("type")!);
        Assert.Equal(
            """
            programs/sample.yaml:5:5: motion.detect timed-out: received door-lock.downlink did not come within 2s (at steps[0])
            1.500  {"op":"open"}: value.op == 'lock' does not hold
            """, failure.Value, ignoreLineEndingDifferences: true);
    }

    private static RunReport Sample(string name) => name switch
    {
        "wake-up" => SampleReports.WakeUp(),
        "everything-at-once" => SampleReports.Failing(),
        "missed" => SampleReports.Missed(),
        "big" => SampleReports.Big(1_200),
        _ => SampleReports.Failing() is var report ? report with
        {
            Steps = [.. report.Steps.Select(step => step with { Error = step.Error is null ? null : "\u0000\u001b[31m\uffff 😀 \ud800" })],
        }
        : throw new InvalidOperationException(),
    };

    private static XDocument Write(RunReport report)
    {
        using var output = new MemoryStream();
        new JUnitReport().Write(report, output);
        output.Position = 0;
        return XDocument.Load(output);
    }
}
