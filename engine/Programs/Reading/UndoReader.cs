using System.Collections.Immutable;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads <c>undo</c>.</summary>
internal static class UndoReader
{
    /// <summary>What <c>undo</c> takes as an option.</summary>
    public static string Schema => Shape.Ref("undo");

    /// <summary>The keys of its long form.</summary>
    public static KeyTable Keys { get; } = new(
        new("do", Shape.CommandTarget, "The command that takes the step back.", Required: true),
        new("with", Shape.Values, "Its arguments, computed before the step."),
        new("after", Shape.AnyOf(Shape.Ref("undoable"), Shape.ListOf(Shape.Ref("undoable"))), "After which outcomes of the step; succeeded, failed and unknown unless it says otherwise."));

    /// <summary>The keys of the step <c>undo: all</c>.</summary>
    public static KeyTable AllKeys { get; } = new(
        [new("undo", Shape.OneOf("all"), "Takes back what the failed step did, in reverse.", Required: true), .. StepOptions.Keys.Where(key => key.Name is "id" or "when" or "timeout")]);

    /// <summary>The outcomes that may be taken back.</summary>
    public static ImmutableArray<(string Name, StepStatus Choice)> Undoable { get; } = StepStatusNames.Of(
        StepStatus.Succeeded, StepStatus.Failed, StepStatus.Unknown, StepStatus.Rejected, StepStatus.Expired, StepStatus.Cancelled,
        StepStatus.Unreachable, StepStatus.TimedOut);

    /// <summary>Reads the short form, a command, or the long one.</summary>
    public static UndoAction? Read(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar { Text: "all" })
        {
            diagnostics.Error(node.At, "\"undo: all\" is a step of its own", "make it a step of a catch: catch: [ { undo: all } ]");
            return null;
        }

        if (node is not YamlMap map)
        {
            return CommandReader.Read(node, diagnostics) is { } command
                ? new(new DoNode(command.Device, command.Name) { At = node.At, CommandAt = command.NameAt }, UndoAction.AfterByDefault)
                : null;
        }

        if (!Keys.Check(map, "undo", diagnostics))
        {
            return null;
        }

        var undo = MapReader.Open(map, "undo", diagnostics)!;
        var target = CommandReader.Read(undo.Take("do")!, diagnostics);
        var with = ValueReader.Named(undo, "with", diagnostics);
        var after = StepStatusNames.Read(undo, "after", Undoable.AsSpan(), diagnostics);
        return target is { } read && with is { } arguments
            ? new(
                new DoNode(read.Device, read.Name) { At = map.At, CommandAt = read.NameAt, With = arguments, WithAt = ValueReader.PlacesOf(undo.Take("with")) },
                after ?? UndoAction.AfterByDefault)
            : null;
    }
}
