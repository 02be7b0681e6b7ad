using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Tests.Running.Scripted;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Properties;

/// <content>Nodes of all kinds.</content>
internal sealed partial class RandomProgram
{
    private Node Plain(int depth) => _chance.Next(depth <= 0 ? 12 : 26) switch
    {
        < 4 => _options.Options && _chance.Next(6) == 0 ? Expecting() : Do(),
        4 => new DelayNode(Duration(Time())) { At = Line() },
        5 => Set("v", "v + 1"),
        6 => Log("${v}"),
        7 => new AssertNode(Condition(Fails() ? "v < 0" : "v >= 0")) { At = Line() },
        8 => new PublishNode(Template("t/${v}"), new(Template("${v}"), null)) { At = Line() },
        9 => new FaultNode([new(default, Device())], new FaultDefinition { Duplicate = 0.2 }) { At = Line() },
        10 => new WaitNode(new(MatchKind.Topic, null, Template(Fails() ? "never" : "retained"), null), Duration(Time())) { At = Line() },
        11 => Fails() ? new FailNode(Template("at ${v}")) { At = Line() } : Do(),
        < 15 => Sequence(depth - 1),
        < 18 => Parallel(depth - 1),
        18 => Announced(),
        19 or 20 => Each(),
        21 => new IfNode(Condition(_chance.Next(2) == 0 ? "v % 2 == 0" : "v < 0"), Sequence(depth - 1), _chance.Next(2) == 0 ? Sequence(depth - 1) : null) { At = Line() },
        22 => new RepeatNode(Sequence(depth - 1)) { At = Line(), Times = new ValueTemplate.Constant(Value.Of(_chance.Next(3))) },
        23 => new RepeatNode(Sequence(depth - 1)) { At = Line(), ForEach = Template("${[1, v]}") },
        24 => Loop(depth - 1),
        _ => new RunNode(Whole("inner", depth - 1)) { At = Line() },
    };

    private bool Fails() => _options.Failures && _chance.Next(4) == 0;

    private string Device() => _options.Shared ? $"d{_chance.Next(4)}" : $"own{_scripts.Count}";

    private DoNode Do() => Do(new DeviceTarget(default, Device()), []);

    private DoNode Do(DeviceTarget target, ImmutableArray<string> devices, Func<CommandScript, CommandScript>? change = null)
    {
        var command = $"c{_scripts.Count}";
        foreach (var device in devices.IsEmpty ? [target.Name] : devices)
        {
            var scripts = Enumerable.Range(0, _options.Failures ? 3 : 1).Select(_ => (change ?? (static script => script))(Script())).ToArray();
            _scripts.Add((device, command, scripts));
        }

        return new DoNode(target, command) { At = Line(), With = _chance.Next(3) == 0 ? [new("v", Template("${v}"))] : [] };
    }

    private SetNode Set(string name, string expression) => new([new(name, Template($"${{{expression}}}"))]) { At = Line() };

    private LogNode Log(string text) => new(Template(text)) { At = Line() };

    private ParallelNode Parallel(int depth)
    {
        ImmutableArray<Node> branches = [.. Enumerable.Range(0, _chance.Next(1, 5)).Select(_ => Any(depth))];
        return new ParallelNode(branches)
        {
            At = Line(),
            OnFailure = OnFailureOf(),
            Need = _options.Failures && _options.Timeouts && _chance.Next(4) == 0 ? _chance.Next(1, branches.Length + 1) : null,
        };
    }

    /// <summary>What depends on when something fails is left out where an oracle must not need to know.</summary>
    private OnFailure OnFailureOf() => !_options.Failures ? OnFailure.Drain : _options.Timeouts ? (OnFailure)_chance.Next(3) : OnFailure.Complete;

    /// <summary>One branch waits for what the other's device says.</summary>
    private ParallelNode Announced()
    {
        var device = Device();
        var act = Do(new DeviceTarget(default, device), [], Saying);
        var wait = new WaitNode(new(MatchKind.Event, new(default, device), Template("said"), Condition("value == 1")), DurationTemplate.Of(TimeSpan.FromSeconds(20))) { At = Line() };
        return new ParallelNode([wait, act]) { At = Line(), OnFailure = OnFailureOf() };
    }

    private EachNode Each()
    {
        ImmutableArray<string> devices = [.. Enumerable.Range(0, _chance.Next(1, 5)).Select(number => _options.Shared ? $"d{number}" : $"own{_scripts.Count}-{number}")];
        var steps = Enumerable.Range(0, _chance.Next(1, 3)).Select(_ => (Node)Do(new DeviceTarget(default, "each", TargetKind.Variable), devices));
        var inBatches = _chance.Next(3) == 0;
        return new EachNode(DeviceSelection.Of(devices.AsSpan()), "each", new([.. steps, Set("v", "v + 1")]) { At = Line() })
        {
            At = Line(),
            Where = _chance.Next(4) == 0 ? Condition("each.id != 'd0'") : null,
            AllowEmpty = true,
            Concurrency = _chance.Next(2) == 0 ? _chance.Next(1, 4) : null,
            Batches = inBatches ? [new(1, null), new(null, 50)] : [],
            Gate = inBatches && _chance.Next(2) == 0 ? new([Do()]) { At = Line() } : null,
            Tolerate = _options.Failures && _chance.Next(3) == 0 ? new(1, null) : null,
            OnFailure = OnFailureOf(),
        };
    }

    private SequenceNode Loop(int depth)
    {
        var counter = $"n{_lines}";
        var isWhile = _chance.Next(2) == 0;
        var loop = new RepeatNode(new([Set(counter, $"{counter} + 1"), .. Sequence(depth).Steps]) { At = Line() })
        {
            At = Line(),
            While = isWhile ? Condition($"{counter} < {_chance.Next(3)}") : null,
            Until = isWhile ? null : Condition($"{counter} >= {_chance.Next(1, 3)}"),
        };
        return new([Set(counter, "0"), loop]) { At = Line() };
    }

    private DoNode Expecting()
    {
        var device = Device();
        var act = Do(new DeviceTarget(default, device), [], Saying);
        var isNever = _chance.Next(4) == 0;
        var said = new Expectation(
            default,
            new(MatchKind.Event, new(default, device), Template(isNever && !Fails() ? "never" : "said"), null),
            DurationTemplate.Of(_options.Failures ? Time() : TimeSpan.FromSeconds(20)),
            _chance.Next(2) == 0,
            1);
        return isNever ? act with { Never = [said] } : act with { Expect = [said] };
    }

    /// <summary>Where an oracle must be able to tell, no later than it ends: else another attempt could see it.</summary>
    private CommandScript Saying(CommandScript script)
    {
        var after = Time();
        return script with { Emits = ("said", Value.Of(1), _options.Timeouts || after < script.Takes ? after : script.Takes) };
    }
}
