using System.Collections.Immutable;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads the steps of one file. What is wrong is noted, and the rest is read all the same, so that all errors are found at once.</summary>
internal sealed class StepReader(ProgramReader program, DiagnosticBag diagnostics)
{
    /// <summary>Where errors go.</summary>
    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>The file that is being read, for the programs that it runs.</summary>
    public ProgramReader Program => program;

    /// <summary>Reads a list of steps, or one step that stands for a list of one.</summary>
    /// <param name="node">What is there.</param>
    /// <param name="what">What it is, for messages.</param>
    public SequenceNode Steps(YamlNode node, string what)
    {
        if (node is not YamlList list)
        {
            return new(Step(node) is { } single ? [single] : []) { At = node.At };
        }

        if (list.IsEmpty)
        {
            diagnostics.Error(list.At, $"{what} has no steps", "write at least one, such as speaker.switch-on");
        }

        return new(Items(list)) { At = list.At };
    }

    /// <summary>Reads the steps of an optional key.</summary>
    public SequenceNode? Steps(MapReader step, string key) => step.Take(key) is { } node ? Steps(node, key) : null;

    /// <summary>Reads the items of a list, each a step.</summary>
    public ImmutableArray<Node> Items(YamlList list)
    {
        var nodes = ImmutableArray.CreateBuilder<Node>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (Step(item) is { } node)
            {
                nodes.Add(node);
            }
        }

        return nodes.DrainToImmutable();
    }

    /// <summary>Reads one step.</summary>
    public Node? Step(YamlNode node) => node switch
    {
        YamlScalar scalar => CommandReader.Read(scalar, diagnostics) is { } command ? new DoNode(command.Device, command.Name) { At = node.At, CommandAt = command.NameAt } : null,
        YamlList list => Steps(list, "a sequence"),
        _ => Mapping((YamlMap)node),
    };

    private Node? Mapping(YamlMap map)
    {
        var (kind, entry) = KindOf(map);
        if (kind is null || entry is null)
        {
            return IsUndoAll(map) ? UndoAll(map) : null;
        }

        kind.Keys.Check(map, kind.Name, diagnostics, Elsewhere);
        var step = MapReader.Open(map, kind.Name, diagnostics)!;
        return StepOptions.Read(kind.Read(entry.Value, step, this), kind, step, this);
    }

    private (StepKind? Kind, YamlEntry? Entry) KindOf(YamlMap map)
    {
        StepKind? found = null;
        YamlEntry? at = null;
        foreach (var entry in map.Entries)
        {
            var kind = StepKinds.Find(entry.Key.Text);
            if (kind is null)
            {
                continue;
            }

            if (found is null)
            {
                (found, at) = (kind, entry);
            }
            else
            {
                diagnostics.Error(entry.Key.At, $"this step is a \"{found.Name}\" and a \"{kind.Name}\" at once", "begin each step with a \"- \" of its own");
                return default;
            }
        }

        if (found is null && !IsUndoAll(map))
        {
            NoKind(map);
        }

        return (found, at);
    }

    private void NoKind(YamlMap map)
    {
        if (map.Lost.Any(lost => !IsOption(lost)))
        {
            // What it does was refused already.
            return;
        }

        var key = map.Entries.FirstOrDefault(entry => !IsOption(entry.Key.Text))?.Key;
        diagnostics.Error(
            key?.At ?? map.At,
            key is null ? "this step does not say what to do" : $"no step is called \"{key.Text}\"",
            (key is null ? null : Meant(key)) ?? $"a step has one of: {string.Join(", ", StepKinds.Names)}");
    }

    private static string? Meant(YamlScalar key) =>
        Suggest.Closest(key.Text, StepKinds.Names) is { } name ? $"did you mean \"{name}\"?"
        : DottedName.Parse(key) is not null ? $"write do: {key.Text}, and its arguments under with:"
        : null;

    private static bool IsOption(string key) => StepOptions.Keys.Any(option => option.Name == key);

    private static bool IsUndoAll(YamlMap map) => map.Find("undo") is YamlScalar { Text: "all" };

    private UndoAllNode UndoAll(YamlMap map)
    {
        UndoReader.AllKeys.Check(map, "undo: all", diagnostics);
        var step = MapReader.Open(map, "undo", diagnostics)!;
        return new UndoAllNode
        {
            At = map.At,
            Id = StepOptions.ReadId(step, diagnostics),
            IdAt = step.Take("id")?.At ?? SourcePosition.None,
            When = step.Take("when") is { } when ? ValueReader.Condition(when, "when", diagnostics) : null,
            Timeout = step.Take("timeout") is { } timeout ? ValueReader.Duration(timeout, "timeout", diagnostics) : null,
        };
    }

    private static string? Elsewhere(string key) => StepKinds.WithKey(key) is { } owner ? $"it is a key of \"{owner.Name}\"" : null;
}
