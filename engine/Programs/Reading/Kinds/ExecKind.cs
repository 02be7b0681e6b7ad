using System.Collections.Immutable;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>exec: [ node, backend/query.js, "${unit}" ]</c>.</summary>
internal sealed class ExecKind : StepKind
{
    private static readonly string CommandShape = Shape.ListOf(Shape.Message);

    public ExecKind()
        : base("exec", Shape.Ref("exec"), "Runs one program of the operating system, without a shell; its result is its exit code and what it wrote.") => Acts = true;

    /// <summary>The keys of its long form.</summary>
    public static KeyTable ProcessKeys { get; } = new(
        new("command", CommandShape, "The program and its arguments.", Required: true),
        new("directory", Shape.Text, "The folder that it runs in."),
        new("environment", Shape.MapOf(Shape.Message), "Environment variables beside those of this process."),
        new("input", PayloadReader.Schema, "What it reads from its standard input."),
        new("exit", Shape.AnyOf(Shape.Number(0), Shape.ListOf(Shape.Number(0))), "The exit code that it must end with, or a list; 0 unless it says otherwise."),
        new("where", Shape.Condition, "A condition over value, what it wrote to its standard output, and exit."));

    /// <summary>What it takes: the command, or a mapping.</summary>
    public static System.Text.Json.Nodes.JsonObject Schema() =>
        SchemaBuilder.AnyOf(SchemaBuilder.Parse(CommandShape), SchemaBuilder.Mapping(ProcessKeys));

    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        var diagnostics = reader.Diagnostics;
        if (value is YamlList list)
        {
            return Command(list, diagnostics) is { } words ? new ExecNode(words) : null;
        }

        if (value is YamlScalar)
        {
            diagnostics.Error(value.At, $"exec must be a list, the program and its arguments, but is {value.Describe()}", "write exec: [ program, argument ]; there is no shell");
            return null;
        }

        if (MapReader.Open(value, Name, diagnostics) is not { } map)
        {
            return null;
        }

        ProcessKeys.Check(map.Map, Name, diagnostics);
        var node = new ExecNode([])
        {
            Directory = map.Take("directory") is { } directory ? ValueReader.Message(directory, "directory", diagnostics) : null,
            Environment = ValueReader.Named(map, "environment", diagnostics) ?? [],
            Input = map.Take("input") is { } input ? PayloadReader.Read(input, diagnostics) : null,
            Exits = CallReader.Numbers(map, "exit", 0, 255),
            Where = map.Take("where") is { } where ? ValueReader.Condition(where, "where", diagnostics) : null,
        };
        return map.Take("command") is { } command && Command(command, diagnostics) is { } parts ? node with { Command = parts } : null;
    }

    private static ImmutableArray<ValueTemplate>? Command(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is not YamlList { IsEmpty: false } list)
        {
            diagnostics.Error(node.At, $"a command must be a list, the program and its arguments, but is {node.Describe()}", "write [ program, argument ]");
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<ValueTemplate>(list.Items.Count);
        foreach (var item in list.Items)
        {
            if (ValueReader.Message(item, "an argument", diagnostics) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts.Count == list.Items.Count ? parts.DrainToImmutable() : null;
    }
}
