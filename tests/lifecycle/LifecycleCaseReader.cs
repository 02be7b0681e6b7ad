using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Lifecycle;

/// <summary>Reads the cases. What a case does not know is an error: a misspelt key must not make it pass.</summary>
internal static class LifecycleCaseReader
{
    private const string DefaultAddress = "desk";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "lifecycle");

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Path.Combine(Folder, "Cases"), "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)).Order();

    internal static LifecycleCase Read(string name)
    {
        var diagnostics = new DiagnosticBag();
        var root = YamlFile.Read(Path.Combine(Folder, "Cases", name + ".yaml"), diagnostics);
        Assert.Empty(diagnostics);
        var map = Fields.Of(root!);
        var read = new LifecycleCase
        {
            Name = name,
            About = map.Text("case") ?? throw map.Error("a case says what it shows"),
            Device = map.Text("device") ?? "bench",
            QueueBound = (int?)map.Integer("queue"),
            LedgerCapacity = (int?)map.Integer("ledger"),
            Steps = [.. map.List("steps").Select(Step)],
        };
        map.End();
        return read;
    }

    private static LifecycleStep Step(YamlNode node)
    {
        var map = Fields.Of(node);
        LifecycleStep step = map.First switch
        {
            "send" => Send(map),
            "ack" => new AckStep(map.Line, map.Text("ack")!, map.Text("at") ?? DefaultAddress, Expectation(map)),
            "query" => Ask(map, AskKind.Query),
            "cancel" => Ask(map, AskKind.Cancel),
            "register" => Ask(map, AskKind.Register),
            "fault" => new FaultStep(map.Line, map.Text("fault")!, map.Value("is") ?? Value.Null),
            "state" => new StateStep(map.Line, map.Value("state")!.Value.AsMap),
            "quiet" => Quiet(map),
            var other => throw map.Error($"no such step: {other}"),
        };
        map.End();
        return step;
    }

    private static SendStep Send(Fields map)
    {
        var phases = map.Value("acks")?.AsList.ToArray() ?? [];
        return new SendStep(map.Line, map.Text("send")!)
        {
            Id = map.Text("id"),
            Run = map.Text("run"),
            Epoch = map.Integer("epoch"),
            Attempt = (int?)map.Integer("attempt"),
            Payload = map.Value("args")?.ToJson() ?? map.Text("payload"),
            WantsAccepted = phases.Contains(Value.Of("accepted")),
            WantsRunning = phases.Contains(Value.Of("running")),
            Budget = map.Text("budget") is { } budget && DurationText.TryParse(budget, out var duration) ? duration : null,
            To = map.Text("to") is var to && to == "nobody" ? null : to ?? DefaultAddress,
        };
    }

    private static AskStep Ask(Fields map, AskKind kind)
    {
        var about = map.Text(map.First)!;
        var answer = Fields.Of(map.Node("answer"));
        var expected = Expectation(answer);
        answer.End();
        return new AskStep(map.Line, kind, expected)
        {
            Id = kind == AskKind.Register ? null : about,
            Run = kind == AskKind.Register ? about : map.Text("run"),
            Epoch = map.Integer("epoch"),
            To = map.Text("to") ?? DefaultAddress,
        };
    }

    private static QuietStep Quiet(Fields map)
    {
        _ = map.Value("quiet");
        return new QuietStep(map.Line);
    }

    private static Expected Expectation(Fields map) => new()
    {
        Status = Enum.Parse<CommandStatus>(map.Text("status") ?? throw map.Error("an expectation has a status"), ignoreCase: true),
        Error = map.Text("error"),
        Says = map.Text("says"),
        Epoch = map.Integer("epoch"),
        Attempt = (int?)map.Integer("attempt"),
        Result = map.Value("result"),
        Changed = map.Value("changed")?.AsMap,
        Revision = map.Integer("revision"),
        Started = map.Value("started")?.AsBoolean,
    };
}
