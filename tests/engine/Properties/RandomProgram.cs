using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Tests.Running.Scripted;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Properties;

/// <summary>A random program, and what its devices do: all of it from one number.</summary>
internal sealed partial class RandomProgram
{
    private readonly Random _chance;
    private readonly RandomProgramOptions _options;
    private readonly List<(string Device, string Command, CommandScript[] Scripts)> _scripts = [];
    private int _lines;

    public RandomProgram(int seed, RandomProgramOptions options)
    {
        _chance = new Random(seed);
        _options = options;
        Program = Whole($"random-{seed}", options.Depth);
        Seed = seed;
    }

    public int Seed { get; }

    public DeviceProgram Program { get; }

    /// <summary>What a device does each time that it is given a command; the last for all further times.</summary>
    public CommandScript[] ScriptsOf(string device, string command) =>
        _scripts.First(script => script.Device == device && script.Command == command).Scripts;

    /// <summary>The nodes, by the line that stands for where they were written; those of the programs that it runs, too.</summary>
    public Dictionary<int, Node> Written { get; } = [];

    public static Fact.Started Started { get; } = new(7, 42, DateTimeOffset.UnixEpoch, ValueMap.Empty, []);

    /// <summary>A new world in which the devices do what they do for this program.</summary>
    public ScriptedWorld World()
    {
        var world = new ScriptedWorld();
        foreach (var (device, command, scripts) in _scripts)
        {
            world.Device(device).Scripts[command] = scripts;
        }

        world.Device("d1").Concurrency = _options.Shared ? 2 : 1;
        world.Retain("retained", Value.Of(1));
        return world;
    }

    /// <summary>Runs it, and says everything that happened.</summary>
    public RandomRun Run(RunOptions? bounds = null)
    {
        var world = World();
        var observer = new TraceObserver(world);
        var run = new Run(Program, world, bounds, observer);
        var facts = new List<Fact>();
        var driver = new VirtualDriver(run, world, facts.Add);
        if (_options.Interrupt is { } interrupt)
        {
            world.At(interrupt, () => world.Post(new Fact.CancelAsked(interrupt, CancelReason.Interrupted)));
        }

        driver.Post(Started);
        for (var step = 0; driver.Step(); step++)
        {
            Assert.True(step < 400_000, "the run does not end");
        }

        return new RandomRun(this, run, world, observer, facts);
    }

    /// <summary>A program of its own, with the variable that all nodes use.</summary>
    private DeviceProgram Whole(string name, int depth) => new()
    {
        Name = name,
        Steps = new([Set("v", "0"), .. Sequence(depth).Steps]) { At = Line() },
        StepTimeout = TimeSpan.FromSeconds(20),
        Result = _chance.Next(2) == 0 ? Template("${v}") : null,
    };

    private Node Any(int depth)
    {
        var node = Plain(depth);
        node = _options.Options && _chance.Next(4) == 0 ? WithOptions(node, depth - 1) : node;
        Written[node.At.Line] = node;
        return node;
    }

    private SequenceNode Sequence(int depth) => new([.. Enumerable.Range(0, _chance.Next(1, 4)).Select(_ => Any(depth))]) { At = Line() };

    private Node WithOptions(Node node, int depth) => node with
    {
        Id = _chance.Next(3) == 0 ? $"id{node.At.Line}" : null,
        When = _chance.Next(6) == 0 ? Condition(_chance.Next(2) == 0 ? "v < 0" : "v >= 0") : null,
        Timeout = _options.Timeouts && _chance.Next(3) == 0 ? Duration(Time() + Time()) : null,
        Retry = _chance.Next(3) == 0 ? Retry() : null,
        Catch = _options.Failures && _chance.Next(3) == 0 ? CatchOf(Math.Min(depth, 0)) : null,
        Finally = _chance.Next(2) == 0 ? new SequenceNode([Log($"finally {node.At.Line}"), Do()]) { At = Line() } : null,
        Undo = node is DoNode && _options.Failures && _options.Timeouts && _chance.Next(2) == 0 ? new UndoAction(Do(), UndoAction.AfterByDefault) : null,
    };

    private RetryPolicy Retry() => new()
    {
        Attempts = 2,
        Jitter = _options.Timeouts ? 0.2 : 0,
        AttemptTimeout = _options.Timeouts && _chance.Next(2) == 0 ? Time() : null,
    };

    private SequenceNode CatchOf(int depth)
    {
        var steps = Sequence(depth).Steps;
        return new(_chance.Next(2) == 0 ? [new UndoAllNode { At = Line() }, .. steps] : steps) { At = Line() };
    }

    private CommandScript Script()
    {
        var takes = Time();
        return (_options.Failures ? _chance.Next(14) : 99) switch
        {
            0 => new() { Takes = takes, Fail = "it broke" },
            1 => new() { Reject = "not now" },
            2 when _options.Timeouts => new() { Hang = true },
            3 when _options.Losses => new() { Takes = takes, LoseAck = true },
            4 when _options.Losses => new() { LoseCommand = true },
            5 when _options.Losses => new() { Takes = takes, Silent = true },
            6 => new() { Takes = takes, Twice = true, Phases = true },
            7 when _options.Unheard => new() { Nobody = true },
            _ => new() { Takes = takes },
        };
    }

    private TimeSpan Time() => TimeSpan.FromMilliseconds(_chance.Next(_options.ZeroToo ? 0 : 1, 50) * 100);

    private DurationTemplate Duration(TimeSpan time) => _chance.Next(4) == 0
        ? new(null, Template($"${{'{Models.Chance.DurationText.Format(time)}'}}"))
        : DurationTemplate.Of(time);

    private SourcePosition Line() => new("random", ++_lines, 1);

    private static Expression Condition(string text) => Expression.Parse(text, SourcePosition.None, [])!;

    private static ValueTemplate Template(string text) => ValueTemplate.Parse(text, SourcePosition.None, [])!;
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

    /// <summary>Whether the broker says that nobody subscribes.</summary>
    public bool Unheard { get; init; } = true;

    public bool Options { get; init; } = true;

    /// <summary>Whether nodes have timeouts, commands hang, and branches end each other: then what happens depends on when.</summary>
    public bool Timeouts { get; init; } = true;

    public bool ZeroToo { get; init; } = true;

    public TimeSpan? Interrupt { get; init; }
}

/// <summary>A random program that was run.</summary>
internal sealed record RandomRun(RandomProgram Random, Run Run, ScriptedWorld World, TraceObserver Observer, List<Fact> Facts)
{
    public DeviceProgram Program => Random.Program;

    public Verdict Verdict => Run.Verdict!;
}
