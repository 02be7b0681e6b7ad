using System.Globalization;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Tests.Running.Scripted;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Properties;

/// <summary>
/// What docs/programs.md says that a program comes to, worked out by walking through its tree: no facts, no frames, no clock. For programs
/// without timeouts in which no branch ends another and each command has a device of its own.
/// </summary>
internal sealed class ProgramOracle(RandomProgram program)
{
    private readonly Dictionary<(string Device, string Command), int> _times = [];

    public List<string> Logged { get; } = [];

    public int Sent { get; private set; }

    public int Caught { get; private set; }

    public int Tolerated { get; private set; }

    /// <summary>How it ends.</summary>
    public Foreseen Run() => Program(program.Program);

    private Foreseen Program(DeviceProgram inner) => Of(inner.Steps, new Variables());

    private Foreseen Of(Node node, Variables variables)
    {
        if (node.When is { } when && !Holds(when, variables))
        {
            return new(StepStatus.Skipped, TimeSpan.Zero, 0);
        }

        var ended = Attempts(node, variables);
        if (ended.Failed && node.Catch is not null)
        {
            var caught = Of(node.Catch, variables);
            Caught += caught.Failed ? 0 : ended.Errors;
            ended = new(caught.Failed ? ended.Status : StepStatus.Succeeded, ended.Length + caught.Length, caught.Failed ? ended.Errors + caught.Errors : 0);
        }

        if (node.Finally is not null)
        {
            var last = Of(node.Finally, variables);
            ended = new(ended.Failed || !last.Failed ? ended.Status : last.Status, ended.Length + last.Length, ended.Errors + last.Errors);
        }

        return ended;
    }

    private Foreseen Attempts(Node node, Variables variables)
    {
        if (node.Retry is not { } retry)
        {
            return Once(node, variables);
        }

        var length = TimeSpan.Zero;
        for (var attempt = 1; ; attempt++)
        {
            var tried = variables.Copy();
            var ended = Once(node, tried);
            length += ended.Length;
            if (!ended.Failed || attempt == retry.Attempts || !retry.When.Contains(ended.Status))
            {
                variables.TakeOver(tried);
                return ended with { Length = length };
            }

            length += retry.Initial * Math.Pow(2, attempt - 1);
        }
    }

    private Foreseen Once(Node node, Variables variables)
    {
        switch (node)
        {
            case DoNode act:
                return ExpectationOracle.Judge(act, Command(act.Device.Name, act.Command));
            case SequenceNode sequence:
                return Sequence(sequence.Steps, variables);
            case ParallelNode parallel:
                var branches = parallel.Branches.Select(_ => variables.Copy()).ToArray();
                var ends = parallel.Branches.Select((branch, number) => Of(branch, branches[number])).ToArray();
                Array.ForEach(branches, variables.TakeOver);
                return new(Foreseen.Worst(ends.Select(end => end.Status)), ends.Max(end => end.Length), ends.Sum(end => end.Errors));
            case EachNode each:
                return new EachOracle(this, each).Run(variables);
            case IfNode choice:
                return (Holds(choice.Condition, variables) ? choice.Then : choice.Else) is { } taken ? Of(taken, variables) : Foreseen.Nothing;
            case RepeatNode repeat:
                return Repeat(repeat, variables);
            case RunNode run:
                return Program(run.Program);
            case WaitNode { Match.Kind: MatchKind.Event } wait:
                return wait.Within.Constant is { } within ? Announcement(wait, within) : throw new NotSupportedException("computed");
            case WaitNode wait:
                return Text(wait.Match.Entry!, variables) == "retained" ? Foreseen.Nothing : Foreseen.Failure(DurationOf(wait.Within, variables));
            case DelayNode delay:
                return new(StepStatus.Succeeded, DurationOf(delay.For, variables), 0);
            case AssertNode assert:
                return Holds(assert.Condition, variables) ? Foreseen.Nothing : Foreseen.Failure(TimeSpan.Zero);
            case SetNode set:
                var values = set.Variables.Select(variable => (variable.Key, Value: Compute(variable.Value, variables))).ToArray();
                Array.ForEach(values, value => variables.Set(value.Key, value.Value));
                return Foreseen.Nothing;
            case LogNode log:
                Logged.Add(Text(log.Message, variables));
                return Foreseen.Nothing;
            case FailNode:
                return Foreseen.Failure(TimeSpan.Zero);
            case PublishNode or FaultNode or UndoAllNode:
                return Foreseen.Nothing;
            default:
                throw new NotSupportedException(node.GetType().Name);
        }
    }

    internal Foreseen Sequence(IEnumerable<Node> steps, Variables variables, string? each = null)
    {
        var length = TimeSpan.Zero;
        foreach (var step in steps)
        {
            var ended = each is not null && step is DoNode act ? Answer(Command(each, act.Command)) : Of(step, variables);
            length += ended.Length;
            if (ended.Failed)
            {
                return ended with { Length = length };
            }
        }

        return new(StepStatus.Succeeded, length, 0);
    }

    internal void Tolerate(int failed) => Tolerated += failed;

    private Foreseen Repeat(RepeatNode repeat, Variables variables)
    {
        var rounds = repeat.Times is { } times ? Compute(times, variables).AsInteger : repeat.ForEach is not null ? 2 : long.MaxValue;
        var length = TimeSpan.Zero;
        for (var round = 0L; round < rounds && (repeat.While is null || Holds(repeat.While, variables)); round++)
        {
            var ended = Of(repeat.Steps, variables);
            length += ended.Length;
            if (ended.Failed)
            {
                return ended with { Length = length };
            }

            if (repeat.Until is not null && Holds(repeat.Until, variables))
            {
                break;
            }
        }

        return new(StepStatus.Succeeded, length, 0);
    }

    /// <summary>The branch beside it makes its device say it, with a script that it has not used up yet.</summary>
    private Foreseen Announcement(WaitNode wait, TimeSpan within)
    {
        var device = wait.Match.Device!.Name;
        var command = $"c{device["own".Length..]}";
        var script = Script(device, command, _times.GetValueOrDefault((device, command)));
        return script is { Reject: null, Nobody: false } ? new(StepStatus.Succeeded, script.Emits!.Value.After, 0) : Foreseen.Failure(within);
    }

    private CommandScript Command(string device, string command)
    {
        Sent++;
        var time = _times.GetValueOrDefault((device, command));
        _times[(device, command)] = time + 1;
        return Script(device, command, time);
    }

    private CommandScript Script(string device, string command, int time) => program.ScriptsOf(device, command) is var scripts ? scripts[Math.Min(time, scripts.Length - 1)] : null!;

    internal static Foreseen Answer(CommandScript script) =>
        script.Nobody ? new(StepStatus.Unreachable, TimeSpan.Zero, 1)
        : script.Reject is not null ? new(StepStatus.Rejected, TimeSpan.Zero, 1)
        : script.Fail is not null ? new(StepStatus.Failed, script.Takes, 1)
        : new(StepStatus.Succeeded, script.Takes, 0);

    private static bool Holds(Expression condition, Variables variables) => variables.Evaluate(condition).AsBoolean;

    private static Value Compute(ValueTemplate template, Variables variables) => template switch
    {
        ValueTemplate.Constant constant => constant.Value,
        ValueTemplate.Computed computed => variables.Evaluate(computed.Expression),
        _ => throw new NotSupportedException(template.GetType().Name),
    };

    private static string Text(ValueTemplate template, Variables variables) => template is ValueTemplate.Text text
        ? string.Concat(text.Parts.Select(part => part.Expression is null ? part.Literal : variables.Evaluate(part.Expression).ToJson()))
        : Compute(template, variables) is { Kind: ValueKind.Text } written ? written.AsText : Compute(template, variables).AsInteger.ToString(CultureInfo.InvariantCulture);

    private static TimeSpan DurationOf(DurationTemplate duration, Variables variables) =>
        duration.Constant ?? (Models.Chance.DurationText.TryParse(Text(duration.Computed!, variables), out var computed) ? computed : throw new NotSupportedException());
}
