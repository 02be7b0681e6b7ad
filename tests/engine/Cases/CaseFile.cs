using IotMqtt.Engine.Tests.Running.Scripted;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Cases;

/// <summary>One rule of the language: a program, what the devices do, what happens beside it, and the trace that must come of it.</summary>
internal sealed record CaseFile
{
    /// <summary>The rule, in a sentence.</summary>
    public required string About { get; init; }

    public required string Program { get; init; }

    /// <summary>Programs that it runs, by file name.</summary>
    public required IReadOnlyList<(string Name, string Text)> Files { get; init; }

    public required ValueMap Parameters { get; init; }

    public required MapReader? Devices { get; init; }

    public required IReadOnlyList<MapReader> Happens { get; init; }

    /// <summary>What is retained before the program starts, by topic.</summary>
    public required IReadOnlyList<(string Topic, Value Value)> Retained { get; init; }

    /// <summary>What calls are answered with, by URL or program.</summary>
    public required IReadOnlyList<(string To, IReadOnlyList<MapReader> Answers)> Answers { get; init; }

    public required string Trace { get; init; }

    public required IReadOnlyList<string> Errors { get; init; }

    /// <summary>What belongs to the errors, a line each; null: not looked at.</summary>
    public required IReadOnlyList<string>? Details { get; init; }

    public required int Exit { get; init; }

    /// <summary>The critical path; null: the makespan.</summary>
    public required TimeSpan? Critical { get; init; }

    /// <summary>How many errors were caught, and how many failures tolerated; null: not looked at.</summary>
    public required (long? Caught, long? Tolerated) Counted { get; init; }

    /// <summary>How many rounds may take no time; null: as many as ever.</summary>
    public required int? RoundsAtOnce { get; init; }

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Cases");

    public static CaseFile Load(string name)
    {
        var diagnostics = new DiagnosticBag();
        var root = YamlFile.Read(Path.Combine(Folder, name + ".yaml"), diagnostics);
        Assert.Empty(diagnostics);
        var map = MapReader.Open(root!, "a case", diagnostics)!;
        var read = new CaseFile
        {
            About = map.RequireText("about")!,
            Program = map.RequireText("program")!,
            Files = [.. map.Entries("files").Select(file => (file.Key.Text, ((YamlScalar)file.Value).Text))],
            Parameters = map.Take("params") is { } parameters ? NodeReader.Value(parameters, diagnostics)!.Value.AsMap : ValueMap.Empty,
            Devices = map.MapOf("devices"),
            Happens = [.. map.List("happens").Select(happens => MapReader.Open(happens, "what happens", diagnostics)!)],
            Retained = [.. map.Entries("retained").Select(kept => (kept.Key.Text, NodeReader.Value(kept.Value, diagnostics)!.Value))],
            Answers = [.. map.Entries("answers").Select(entry => (entry.Key.Text, (IReadOnlyList<MapReader>)
                [.. (entry.Value is YamlList list ? list.Items : [entry.Value]).Select(answer => MapReader.Open(answer, "an answer", diagnostics)!)]))],
            Trace = map.RequireText("trace")!.TrimEnd(),
            Errors = [.. map.List("errors").Select(error => ((YamlScalar)error).Text)],
            Details = map.Has("details") ? [.. map.List("details").Select(line => ((YamlScalar)line).Text)] : null,
            Exit = (int)(map.Integer("exit") ?? 0),
            Critical = map.Duration("critical"),
            Counted = (map.Integer("caught"), map.Integer("tolerated")),
            RoundsAtOnce = (int?)map.Integer("rounds-at-once"),
        };
        map.Done();
        Assert.Empty(diagnostics);
        return read;
    }

    /// <summary>The world in which the program runs.</summary>
    public ScriptedWorld World()
    {
        var world = new ScriptedWorld();
        foreach (var entry in Devices?.Map.Entries ?? [])
        {
            CaseDevices.Read(world.Device(entry.Key.Text), MapReader.Open(entry.Value, "a device", Devices!.Diagnostics)!);
        }

        foreach (var (topic, value) in Retained)
        {
            world.Retain(topic, value);
        }

        foreach (var (to, answers) in Answers)
        {
            world.Answers[to] = new(answers.Select(Answer));
        }

        foreach (var happens in Happens)
        {
            CaseEvents.Schedule(world, happens);
        }

        Assert.Empty(Devices?.Diagnostics ?? []);
        return world;
    }

    /// <summary><c>{ after: 1s, status: 202, body: { ok: true } }</c>, <c>{ exit: 1, output: "no" }</c>, <c>{ hangs: true }</c>.</summary>
    private static (TimeSpan After, Value? Answer) Answer(MapReader map)
    {
        var after = map.Duration("after") ?? default;
        if (map.Boolean("hangs") == true)
        {
            return (after, null);
        }

        var said = new ValueMap.Builder();
        foreach (var entry in map.Map.Entries.Where(entry => entry.Key.Text is not "after"))
        {
            said.Set(entry.Key.Text, NodeReader.Value(entry.Value, map.Diagnostics)!.Value);
        }

        foreach (var name in (string[])(map.Has("exit") ? ["output", "error"] : ["body"]))
        {
            said.TryAdd(name, Value.Of(""));
        }

        return (after, Value.Of(said.Build()));
    }
}
