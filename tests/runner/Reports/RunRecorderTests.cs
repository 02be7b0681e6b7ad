using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Tests.Reports;

public sealed class RunRecorderTests
{
    [Fact]
    public void The_report_of_wake_up_has_each_step_with_its_times_and_its_place()
    {
        var report = SampleReports.WakeUp();

        Assert.Equal(["bedroom-light.switch-on", "speaker.switch-on", "speaker.play"], report.Steps.Select(step => $"{step.Device}.{step.Command}"));
        var play = report.Steps.ElementAt(2);
        Assert.Equal("steps[0].parallel[1].sequence[1]", play.Path);
        Assert.Equal(StepStatus.Succeeded, play.Status);
        Assert.Equal([500.7, 500.9, 500.9, 1000.9, 1001.2], new[] { play.PublishedAt, play.AcceptedAt, play.StartedAt, play.DoneAt, play.AcknowledgedAt }.Select(at => Math.Round(at!.Value, 3)));
        Assert.Equal(RunStatus.Succeeded, report.Status);
        Assert.Equal(0, report.ExitCode);
    }

    [Fact]
    public void The_critical_path_is_marked_on_its_steps_and_on_what_is_around_them()
    {
        var report = SampleReports.WakeUp();

        Assert.Equal(["speaker.switch-on", "speaker.play"], report.Steps.Where(step => step.Critical).Select(step => $"{step.Device}.{step.Command}"));
        Assert.Equal(["wake-up", "parallel", "sequence", "speaker.switch-on", "speaker.play"], report.Nodes.Where(node => node.Critical).Select(node => node.Label));
    }

    [Fact]
    public void Attempts_of_one_command_are_one_node_with_several_steps()
    {
        var report = SampleReports.Failing();

        var clean = report.Steps.Where(step => step.Command == "clean").ToList();
        Assert.Equal([1, 2, 3], clean.Select(step => step.Attempt));
        var node = Assert.Single(report.Nodes, node => node.Id == clean[0].Node);
        Assert.All(clean, step => Assert.Equal(node.Id, step.Node));
        Assert.Equal(("do", "toilet.clean", StepStatus.Succeeded), (node.Kind, node.Label, node.Status));
    }

    [Fact]
    public void Errors_say_what_went_wrong_and_whether_it_counts()
    {
        var report = SampleReports.Failing();

        Assert.Equal(
            ["speaker.play rejected: the speaker is off", "hall-light.switch-on unknown: no answer within 1.6 s & <nothing> to \"quote\" | here"],
            report.Errors.Where(error => error.Fatal).Select(error => error.ToString()));
        Assert.Equal(2, report.Errors.Count(error => !error.Fatal));
        Assert.Equal("programs/sample.yaml:7:5", report.Errors.First().At);
        Assert.Equal(1, report.ExitCode);
    }

    [Fact]
    public void Parents_come_before_their_children()
    {
        var report = SampleReports.Big(200);

        Assert.All(report.Nodes, node => Assert.True(node.Parent is null || node.Parent < node.Id));
        Assert.Equal(Enumerable.Range(0, report.Nodes.Count), report.Nodes.Select(node => node.Id));
    }

    [Fact]
    public void What_a_replay_tells_again_is_kept_once()
    {
        var run = new SampleRun();
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        run.Do(root, "steps[0]", "light", "switch-on", 0, 5);
        run.Recorder.Started(new NodeStarted(2, 1, "steps[0]", NodeKind.Do, 1, TimeSpan.Zero, default, "light", "switch-on"));
        run.Recorder.Ended(new NodeEnded { Ordinal = 2, Status = StepStatus.Failed, At = TimeSpan.FromSeconds(9) });
        run.End(root, 10);

        var report = run.Report();

        Assert.Equal(StepStatus.Succeeded, Assert.Single(report.Steps).Status);
        Assert.Equal(1, run.Recorder.Look(root => root!.Begun));
    }
}
