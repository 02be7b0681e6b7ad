using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Reading;
using IotMqtt.Runner.Reports;
using IotMqtt.Runner.Reports.Recording;

namespace IotMqtt.Runner.Tests.Reports;

/// <summary>Tells a recorder of a run, as the engine would: for reports of runs that need no engine, no device and no clock.</summary>
internal sealed class SampleRun
{
    private readonly RunRecorder _recorder;
    private readonly List<RunError> _errors = [];
    private long _last;
    private long _steps;
    private long _criticalStep;
    private TimeSpan _end;
    private TimeSpan _criticalPath;

    public SampleRun(RunRecorder? recorder = null) => _recorder = recorder ?? new RunRecorder();

    public RunRecorder Recorder => _recorder;

    public long Start(long parent, string path, NodeKind kind, double at, int line = 0, string? device = null, string? command = null, int attempt = 1)
    {
        var position = line == 0 ? SourcePosition.None : new SourcePosition("programs/sample.yaml", line, 5);
        _recorder.Started(new NodeStarted(++_last, parent, path, kind, attempt, Ms(at), position, device, command));
        return _last;
    }

    public void End(long node, double at, StepStatus status = StepStatus.Succeeded, RunError? error = null, long after = 0)
    {
        _recorder.Ended(new NodeEnded { Ordinal = node, Status = status, At = Ms(at), Error = error, CriticalPredecessor = after });
        _end = Ms(at) > _end ? Ms(at) : _end;
    }

    /// <summary>A node that ends with an error of its own, which counts.</summary>
    public void Fail(long node, string path, string device, string command, double at, StepStatus status, string message, int line)
    {
        var error = new RunError { Path = path, Device = device, Command = command, Status = status, Message = message, At = new SourcePosition("programs/sample.yaml", line, 5), Details = ["1.500  {\"op\":\"open\"}: value.op == 'lock' does not hold"] };
        _errors.Add(error);
        End(node, at, status, error);
    }

    /// <summary>A command that is published at once, waits, executes and is acknowledged.</summary>
    public long Do(
        long parent, string path, string device, string command, double at, double takes, double queue = 0, int line = 0, long after = 0,
        StepStatus status = StepStatus.Succeeded, string? message = null, int attempt = 1, bool fatal = true, double lag = 0.3)
    {
        _steps++;
        var node = Start(parent, path, NodeKind.Do, at, line, device, command, attempt);
        _recorder.Progressed(new CommandProgressed(node, CommandPhase.Published, Ms(at + 0.1)));
        var ran = status is not (StepStatus.Rejected or StepStatus.Unreachable or StepStatus.Unknown);
        RunError? error = message is null ? null : new RunError
        {
            Path = path,
            Status = status,
            Message = message,
            Device = device,
            Command = command,
            At = line == 0 ? SourcePosition.None : new SourcePosition("programs/sample.yaml", line, 5),
        };
        if (error is not null && fatal)
        {
            _errors.Add(error);
        }

        var end = at + (ran ? lag + queue + takes + lag : takes);
        _recorder.Ended(new NodeEnded
        {
            Ordinal = node,
            Status = status,
            At = Ms(end),
            Error = error,
            PublishedAt = Ms(at + 0.1),
            AcceptedAt = ran ? Ms(at + lag) : null,
            StartedAt = ran ? Ms(at + lag + queue) : null,
            DoneAt = ran ? Ms(at + lag + queue + takes) : null,
            CriticalPredecessor = after,
        });
        if (Ms(end) >= _end)
        {
            (_end, _criticalStep, _criticalPath) = (Ms(end), node, Ms(end - (2 * lag)));
        }

        return node;
    }

    public RunReport Report(string program = "sample", RunStatus? status = null, DeviceProgram? written = null)
    {
        var verdict = new Verdict
        {
            Status = status ?? (_errors.Count > 0 ? RunStatus.Failed : RunStatus.Succeeded),
            Makespan = _end,
            CriticalPath = _criticalPath,
            CriticalStep = _criticalStep,
            Steps = _steps,
            Errors = [.. _errors],
        };
        var header = new RunHeader
        {
            Run = "0123456789abcdef",
            Program = program,
            File = $"programs/{program}.yaml",
            Fleet = "fleets/home.yaml",
            World = "embedded",
            Seed = 7,
            BeganAt = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero),
            Registration = new RegistrationReport(3, 41.5),
        };
        return _recorder.Report(header, verdict, written is null ? NodeLabels.None : NodeLabels.Of(written));
    }

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
