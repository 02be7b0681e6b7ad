using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Tests.Running.Scripted;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Properties;

/// <summary>A random program, and what its devices do: all of it from one number.</summary>
internal sealed class RandomProgram
{
    private readonly Random _chance;
    private readonly RandomProgramOptions _options;
    private readonly List<(string Device, string Command, CommandScript[] Scripts)> _scripts = [];
    private int _lines;

    public RandomProgram(int seed, RandomProgramOptions options)
    {
        _chance = new Random(seed);
        _options = options;
        Program = new DeviceProgram { Name = $"random-{seed}", Steps = Sequence(options.Depth), StepTimeout = TimeSpan.FromSeconds(20) };
        Seed = seed;
    }

    public int Seed { get; }

    public DeviceProgram Program { get; }

    /// <summary>A new world in which the devices do what they do for this program.</summary>
    public ScriptedWorld World()
    {
        var world = new ScriptedWorld();
        foreach (var (device, command, scripts) in _scripts)
        {
            world.Device(device).Scripts[command] = scripts;
        }

        world.Device("d1").Concurrency = _options.Shared ? 2 : 1;
        return world;
    }

    public static Fact.Started Started { get; } = new(7, 42, DateTimeOffset.UnixEpoch, ValueMap.Empty, []);

    /// <summary>Runs it, and says everything that happened.</summary>
    public RandomRun Run()
    {
        var world = World();
        var observer = new TraceObserver(world);
        var run = new Run(Program, world, observer: observer);
        var facts = new List<Fact>();
        var driver = new VirtualDriver(run, world, facts.Add);
        if (_options.Interrupt is { } interrupt)
        {
            world.At(interrupt, () => world.Post(new Fact.CancelAsked(interrupt, CancelReason.Interrupted)));
        }

        driver.Post(Started);
        for (var step = 0; driver.Step(); step++)
        {
            Assert.True(step < 200_000, "the run does not end");
        }

        return new RandomRun(Program, run, world, observer, facts);
    }

    private Node Any(int depth)
    {
        var node = Plain(depth);
        return _options.Options && _chance.Next(4) == 0 ? WithOptions(node, depth - 1) : node;
    }

    private Node Plain(int depth) => (depth <= 0 ? _chance.Next(4) : _chance.Next(9)) switch
    {
        0 or 1 or 2 => Do(),
        3 => new DelayNode(DurationTemplate.Of(Duration())) { At = Line() },
        4 or 5 => Sequence(depth - 1),
        6 or 7 => Parallel(depth - 1),
        _ => new RepeatNode(Sequence(depth - 1)) { At = Line(), Times = new ValueTemplate.Constant(Value.Of(_chance.Next(3))) },
    };

    private SequenceNode Sequence(int depth) => new([.. Enumerable.Range(0, _chance.Next(1, 4)).Select(_ => Any(depth))]) { At = Line() };

    private ParallelNode Parallel(int depth)
    {
        ImmutableArray<Node> branches = [.. Enumerable.Range(0, _chance.Next(1, 5)).Select(_ => Any(depth))];
        return new ParallelNode(branches)
        {
            At = Line(),
            OnFailure = _options.Failures ? (OnFailure)_chance.Next(3) : OnFailure.Drain,
            Need = _options.Failures && _chance.Next(4) == 0 ? _chance.Next(1, branches.Length + 1) : null,
        };
    }

    private DoNode Do()
    {
        var number = _scripts.Count;
        var device = _options.Shared ? $"d{_chance.Next(4)}" : $"own{number}";
        var scripts = Enumerable.Range(0, _options.Failures ? 3 : 1).Select(_ => Script()).ToArray();
        _scripts.Add((device, $"c{number}", scripts));
        return new DoNode(new DeviceTarget(SourcePosition.None, device), $"c{number}") { At = Line() };
    }

    private CommandScript Script()
    {
        var takes = Duration();
        return (_options.Failures ? _chance.Next(14) : 99) switch
        {
            0 => new() { Takes = takes, Fail = "it broke" },
            1 => new() { Reject = "not now" },
            2 => new() { Hang = true },
            3 when _options.Losses => new() { Takes = takes, LoseAck = true },
            4 when _options.Losses => new() { LoseCommand = true },
            5 when _options.Losses => new() { Takes = takes, Silent = true },
            6 => new() { Takes = takes, Twice = true, Phases = true },
            _ => new() { Takes = takes },
        };
    }

    private Node WithOptions(Node node, int depth) => node with
    {
        Timeout = _chance.Next(3) == 0 ? DurationTemplate.Of(Duration() + Duration()) : null,
        Retry = _chance.Next(3) == 0 ? new RetryPolicy { Attempts = 2, AttemptTimeout = _chance.Next(2) == 0 ? Duration() : null } : null,
        Catch = _options.Failures && _chance.Next(3) == 0 ? Sequence(Math.Min(depth, 0)) : null,
        Finally = _chance.Next(2) == 0 ? new SequenceNode([new LogNode(new ValueTemplate.Constant(Value.Of($"finally {node.At.Line}"))), Do()]) : null,
    };

    private TimeSpan Duration() => TimeSpan.FromMilliseconds(_chance.Next(_options.ZeroToo ? 0 : 1, 50) * 100);

    private SourcePosition Line() => new("random", ++_lines, 1);
}

/// <summary>What a random program may hold.</summary>
internal sealed record RandomProgramOptions
{
    public int Depth { get; init; } = 3;

    /// <summary>Whether branches share devices, so that commands queue.</summary>
    public bool Shared { get; init; } = true;

    public bool Failures { get; init; } = true;

    /// <summary>Whether messages are lost: then times are those of the bounds.</summary>
    public bool Losses { get; init; }

    public bool Options { get; init; } = true;

    public bool ZeroToo { get; init; } = true;

    public TimeSpan? Interrupt { get; init; }
}

/// <summary>A random program that was run.</summary>
internal sealed record RandomRun(DeviceProgram Program, Run Run, ScriptedWorld World, TraceObserver Observer, List<Fact> Facts)
{
    public Verdict Verdict => Run.Verdict!;
}
