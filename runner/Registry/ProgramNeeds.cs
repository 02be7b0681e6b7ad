using IotMqtt.Engine.Programs;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Runner.Registry;

/// <summary>What a program needs of the devices: which of them, and whether their states. Of all programs that it runs, too.</summary>
internal sealed class ProgramNeeds
{
    // Names that stand for no device. Any other may: a device, the variable of an each, a variable that holds one.
    private static readonly HashSet<string> NoDevices = new(StringComparer.Ordinal) { "value", "topic", "params", "env", "steps", "error", "Math", "Date" };

    private readonly HashSet<string> _devices = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<DeviceSelection> _selections = [];
    private readonly Stack<Node> _open = new();

    private ProgramNeeds()
    {
    }

    /// <summary>The devices that it names.</summary>
    public IReadOnlySet<string> Devices => _devices;

    /// <summary>What its expressions name: devices, among other things.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <summary>The selections that it takes.</summary>
    public IReadOnlyList<DeviceSelection> Selections => _selections;

    /// <summary>Whether it may look at the state of a device.</summary>
    public bool States { get; private set; }

    /// <summary>Whether it looks at messages on topics that are not the contract's.</summary>
    public bool OwnTopics { get; private set; }

    /// <summary>Whether it has expressions.</summary>
    public bool Expressions { get; private set; }

    /// <summary>Whether one of them needs the script engine.</summary>
    public bool Scripts { get; private set; }

    /// <summary>Looks through a program.</summary>
    public static ProgramNeeds Of(DeviceProgram program)
    {
        var needs = new ProgramNeeds();
        needs.Take(program);
        while (needs._open.TryPop(out var node))
        {
            needs.TakeCommon(node);
            needs.TakeOwn(node);
        }

        return needs;
    }

    private void Take(DeviceProgram program)
    {
        Push(program.Steps);
        Push(program.Monitors);
        Take(program.Result);
    }

    private void TakeCommon(Node node)
    {
        Push(node.Catch);
        Push(node.Finally);
        Push(node.Undo?.Do);
        Take(node.When);
        Take(node.Timeout?.Computed);
        if (node is ActingNode acting)
        {
            foreach (var expectation in acting.Expect.Concat(acting.Never))
            {
                Take(expectation.Match);
                Take(expectation.Within?.Computed);
            }
        }
    }

    private void TakeOwn(Node node)
    {
        switch (node)
        {
            case DoNode act:
                Take(act.Device);
                Take(act.With);
                break;
            case SequenceNode sequence:
                Push(sequence.Steps.AsSpan());
                break;
            case ParallelNode parallel:
                Push(parallel.Branches.AsSpan());
                break;
            case EachNode each:
                _selections.Add(each.Selection);
                Take(each.Where);
                Push(each.Steps);
                Push(each.Gate);
                break;
            case IfNode choice:
                Take(choice.Condition);
                Push(choice.Then);
                Push(choice.Else);
                break;
            case RepeatNode repeat:
                Take(repeat.Times);
                Take(repeat.While);
                Take(repeat.Until);
                Take(repeat.ForEach);
                Push(repeat.Steps);
                break;
            case WaitNode wait:
                Take(wait.Match);
                Take(wait.Within.Computed);
                break;
            case RunNode run:
                Take(run.Program);
                Take(run.With);
                break;
            case FaultNode fault:
                foreach (var device in fault.On)
                {
                    Take(device);
                }

                break;
            default:
                TakeValues(node);
                break;
        }
    }

    private void TakeValues(Node node)
    {
        switch (node)
        {
            case AssertNode assert:
                Take(assert.Condition);
                break;
            case DelayNode delay:
                Take(delay.For.Computed);
                break;
            case SetNode set:
                Take(set.Variables);
                break;
            case PublishNode publish:
                Take(publish.Topic);
                Take(publish.Payload.Value);
                break;
            case HttpNode http:
                Take(http.Url);
                Take(http.Headers);
                Take(http.Body?.Value);
                Take(http.Where);
                break;
            case ExecNode exec:
                foreach (var word in exec.Command)
                {
                    Take(word);
                }

                Take(exec.Directory);
                Take(exec.Environment);
                Take(exec.Input?.Value);
                Take(exec.Where);
                break;
            case LogNode log:
                Take(log.Message);
                break;
            case FailNode fail:
                Take(fail.Message);
                break;
            default:
                break;
        }
    }

    private void Take(DeviceTarget target)
    {
        // A parameter that holds an id is bound where the program runs; its value is a name like any other there.
        if (target.Kind == TargetKind.Device)
        {
            _devices.Add(target.Name);
        }
    }

    private void Take(MatchSpec match)
    {
        if (match.Device is { } device)
        {
            Take(device);
        }

        States |= match.Kind == MatchKind.State;
        OwnTopics |= match.Kind is MatchKind.Received or MatchKind.Sent or MatchKind.Topic;
        Take(match.Entry);
        Take(match.Where);
    }

    private void Take(IEnumerable<KeyValuePair<string, ValueTemplate>> templates)
    {
        foreach (var (_, template) in templates)
        {
            Take(template);
        }
    }

    private void Take(ValueTemplate? template)
    {
        switch (template)
        {
            case ValueTemplate.Computed computed:
                Take(computed.Expression);
                break;
            case ValueTemplate.Text text:
                foreach (var part in text.Parts)
                {
                    Take(part.Expression);
                }

                break;
            case ValueTemplate.List list:
                foreach (var item in list.Items)
                {
                    Take(item);
                }

                break;
            case ValueTemplate.Map map:
                Take(map.Entries);
                break;
            default:
                break;
        }
    }

    private void Take(Expression? expression)
    {
        if (expression is null)
        {
            return;
        }

        Expressions = true;
        Scripts |= expression.Direct is null;
        foreach (var name in expression.Names)
        {
            _names.Add(name.Name);
            States |= !NoDevices.Contains(name.Name);
        }

        // device('…') is no name, and what it is asked for need not be written out.
        States |= expression.Source.Contains("device", StringComparison.Ordinal);
        foreach (var path in expression.Paths)
        {
            _names.Add(path.Root.Name);
        }
    }

    private void Push(Node? node)
    {
        if (node is not null)
        {
            _open.Push(node);
        }
    }

    private void Push(ReadOnlySpan<Node> nodes)
    {
        foreach (var node in nodes)
        {
            _open.Push(node);
        }
    }
}
