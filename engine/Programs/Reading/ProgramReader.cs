using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads the file of one program, and through it the programs that it runs.</summary>
/// <param name="files">The programs that have been read already.</param>
/// <param name="path">The file, as the user wrote it.</param>
/// <param name="caller">The program that runs it; null: the user does.</param>
/// <param name="diagnostics">Gets what is wrong.</param>
internal sealed class ProgramReader(ProgramFiles files, string path, ProgramReader? caller, DiagnosticBag diagnostics)
{
    /// <summary>How deep programs may run programs.</summary>
    public const int MaxCalls = 100;

    private readonly string _path = path;
    private readonly string _fullPath = Path.GetFullPath(path);
    private readonly ProgramReader? _caller = caller;
    private readonly int _calls = caller is null ? 0 : caller._calls + 1;

    /// <summary>The keys at the top of a program.</summary>
    public static KeyTable Keys { get; } = new(
        new("program", Shape.Name, "Its name.", Required: true),
        new("description", Shape.Text, "What it is for."),
        new("fleet", Shape.Text, "The fleet file, relative to this file."),
        new("params", Shape.Ref("params"), "Its parameters, set with --set name=value, or by the program that runs it."),
        new("step-timeout", Shape.FixedDuration, "How long a command may stay unanswered on top of what its model says that it takes; 30s unless it says otherwise."),
        new("timeout", Shape.Duration, "How long all steps may take."),
        new("monitors", Shape.Ref("monitors"), "What must, and must not, be seen as long as the steps are carried out."),
        new("steps", Shape.Steps, "What to do.", Required: true),
        new("catch", Shape.Steps, "What to do when the steps have failed; where that succeeds, the program has succeeded."),
        new("finally", Shape.Steps, "What to do at the end in any case."),
        new("result", Shape.Any, "What a program that runs this one gets."));

    /// <summary>Reads a program from its document.</summary>
    /// <returns>As much of it as could be read; null where nothing could.</returns>
    public DeviceProgram? Read(YamlNode? document)
    {
        if (document is null || MapReader.Open(document, "a program", diagnostics) is not { } map)
        {
            return null;
        }

        Keys.Check(map.Map, "a program", diagnostics);
        var steps = new StepReader(this, diagnostics);
        var name = map.Take("program") is { } named ? ValueReader.Name(named, "program", diagnostics) : null;
        var fleet = map.Take("fleet");
        var root = steps.Steps(map, "steps") ?? new([]) { At = map.At };
        var program = new DeviceProgram
        {
            At = map.At,
            Name = name ?? "?",
            Description = map.Text("description"),
            Fleet = fleet is null ? null : Beside(NodeReader.Text(fleet, "fleet", diagnostics)),
            FleetAt = fleet?.At ?? SourcePosition.None,
            Parameters = ParameterReader.Read(map, diagnostics),
            StepTimeout = map.Duration("step-timeout") ?? DeviceProgram.DefaultStepTimeout,
            Steps = root with
            {
                Timeout = map.Take("timeout") is { } timeout ? ValueReader.Duration(timeout, "timeout", diagnostics) : null,
                Catch = steps.Steps(map, "catch"),
                Finally = steps.Steps(map, "finally"),
            },
            Monitors = MonitorReader.Read(map, diagnostics),
            Result = map.Take("result") is { } result ? ValueTemplate.Parse(result, diagnostics) : null,
        };
        return TargetResolver.Resolve(program);
    }

    /// <summary>Reads a program that this one runs.</summary>
    /// <param name="file">Its file, relative to this one.</param>
    /// <param name="at">Where that is written.</param>
    public DeviceProgram? ReadCalled(string file, SourcePosition at)
    {
        var called = new ProgramReader(files, Beside(file)!, this, diagnostics);
        if (called.Cycle() is { } cycle)
        {
            diagnostics.Error(at, $"the program runs itself: {cycle}", "a program may not run itself, nor one that runs it: repeat steps with repeat, while or until");
            return null;
        }

        if (called._calls > MaxCalls)
        {
            diagnostics.Error(at, $"programs run programs more than {MaxCalls} deep here", "put steps of several of them into one");
            return null;
        }

        if (!File.Exists(called._fullPath))
        {
            diagnostics.LookedFor(called._fullPath);
            diagnostics.Error(at, $"there is no file {file} beside this one", ProgramFiles.Suggest(called._fullPath));
            return null;
        }

        return files.Read(called._fullPath, () => called.Read(YamlFile.ReadPart(called._path, diagnostics)));
    }

    /// <summary>The names of the files from the first time that this one is run to now; null where it does not run itself.</summary>
    private string? Cycle()
    {
        var names = new List<string> { Path.GetFileName(_fullPath) };
        for (var outer = _caller; outer is not null; outer = outer._caller)
        {
            names.Insert(0, Path.GetFileName(outer._fullPath));
            if (string.Equals(outer._fullPath, _fullPath, StringComparison.Ordinal))
            {
                return string.Join(" → ", names);
            }
        }

        return null;
    }

    private string? Beside(string? file) => file is null ? null : ProgramFiles.Display(Path.Combine(Path.GetDirectoryName(_fullPath)!, file), _path);
}
