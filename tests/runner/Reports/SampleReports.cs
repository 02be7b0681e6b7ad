using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Runner.Tests.Reports;

/// <summary>Runs that every report must show well.</summary>
internal static class SampleReports
{
    /// <summary>The light, and beside it the speaker: on, then play.</summary>
    public static RunReport WakeUp(RunRecorder? recorder = null)
    {
        var run = new SampleRun(recorder);
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var both = run.Start(root, "steps[0]", NodeKind.Parallel, 0, line: 4);
        run.Do(both, "steps[0].parallel[0]", "bedroom-light", "switch-on", 0, 500, line: 5);
        var speaker = run.Start(both, "steps[0].parallel[1]", NodeKind.Sequence, 0, line: 6);
        var on = run.Do(speaker, "steps[0].parallel[1].sequence[0]", "speaker", "switch-on", 0, 500, line: 7);
        run.Do(speaker, "steps[0].parallel[1].sequence[1]", "speaker", "play", 500.6, 500, line: 8, after: on);
        run.End(speaker, 1001.2);
        run.End(both, 1001.2);
        run.End(root, 1001.2);
        return run.Report("wake-up");
    }

    /// <summary>All at once: what must wait is rejected; a retry; a command that nobody answers.</summary>
    public static RunReport Failing(RunRecorder? recorder = null)
    {
        var run = new SampleRun(recorder);
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var all = run.Start(root, "steps[0]", NodeKind.Parallel, 0, line: 4);
        run.Do(all, "steps[0].parallel[0]", "bedroom-light", "switch-on", 0, 500, line: 5);
        run.Do(all, "steps[0].parallel[1]", "speaker", "switch-on", 0, 500, line: 6);
        run.Do(all, "steps[0].parallel[2]", "speaker", "play", 0, 1.4, line: 7, status: StepStatus.Rejected, message: "the speaker is off");
        var guard = run.Start(all, "steps[0].parallel[3]", NodeKind.Guard, 0, line: 8);
        run.Do(guard, "steps[0].parallel[3]", "toilet", "clean", 0, 1.2, line: 8, status: StepStatus.Rejected, message: "the bowl has not been flushed", fatal: false);
        run.Do(guard, "steps[0].parallel[3]", "toilet", "clean", 210, 1.2, line: 8, status: StepStatus.Rejected, message: "the bowl has not been flushed", attempt: 2, fatal: false);
        run.Do(guard, "steps[0].parallel[3]", "toilet", "clean", 611, 500, queue: 150, line: 8, attempt: 3);
        run.End(guard, 1261.6);
        run.Do(all, "steps[0].parallel[4]", "hall-light", "switch-on", 0, 1600, line: 9, status: StepStatus.Unknown, message: "no answer within 1.6 s & <nothing> to \"quote\" | here");
        run.End(all, 1600, StepStatus.Failed);
        run.End(root, 1600, StepStatus.Failed);
        return run.Report("everything-at-once");
    }

    /// <summary>A command whose expectation is missed, one whose expectation is met, and one whose time is over in its second attempt.</summary>
    public static RunReport Missed(RunRecorder? recorder = null)
    {
        var run = new SampleRun(recorder);
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var motion = run.Start(root, "steps[0]", NodeKind.Expecting, 0, line: 5);
        run.Do(motion, "steps[0]", "motion", "detect", 0, 20, line: 5);
        run.Fail(motion, "steps[0]", "motion", "detect", 2_001, StepStatus.TimedOut, "received door-lock.downlink did not come within 2s", line: 5);
        var lamp = run.Start(root, "steps[1]", NodeKind.Expecting, 2_001, line: 8);
        run.Do(lamp, "steps[1]", "lamp", "switch-on", 2_001, 500, line: 8);
        run.End(lamp, 2_700);
        run.End(root, 2_700, StepStatus.Failed);
        return run.Report("motion");
    }

    /// <summary>Branches of ten steps each; every 997th step fails, every 13th device makes its commands wait.</summary>
    public static RunReport Big(int steps, RunRecorder? recorder = null)
    {
        var run = new SampleRun(recorder);
        var root = run.Start(0, "steps", NodeKind.Sequence, 0);
        var all = run.Start(root, "steps[0]", NodeKind.Parallel, 0, line: 4);
        var count = 0;
        for (var branch = 0; count < steps; branch++)
        {
            var path = $"steps[0].parallel[{branch}]";
            var sequence = run.Start(all, path, NodeKind.Sequence, 0, line: 5);
            var at = branch % 40 * 2.5;
            long before = 0;
            var failed = false;
            for (var step = 0; step < 10 && count < steps; step++, count++)
            {
                failed |= count % 997 == 996;
                var takes = 20 + (branch * 7919 % 61) + (step * 31 % 17);
                before = run.Do(sequence, $"{path}.sequence[{step}]", $"unit-{branch + 1}", step % 2 == 0 ? "reboot" : "measure", at, takes,
                    queue: branch % 13 == 0 ? 8 : 0, line: 6 + step, after: before,
                    status: count % 997 == 996 ? StepStatus.Failed : StepStatus.Succeeded, message: count % 997 == 996 ? "the sensor is broken" : null);
                at += takes + 0.6 + (branch % 13 == 0 ? 8 : 0);
            }

            run.End(sequence, at, failed ? StepStatus.Failed : StepStatus.Succeeded);
        }

        run.End(all, 1500, StepStatus.Failed);
        run.End(root, 1500, StepStatus.Failed);
        return run.Report("big");
    }
}
