using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads the options that every step takes.</summary>
internal static class StepOptions
{
    /// <summary>Their keys.</summary>
    public static IReadOnlyList<Key> Keys { get; } =
    [
        new("id", Shape.Name, "Its name, unique in the program: steps.NAME has its status, result and error."),
        new("when", Shape.Condition, "Whether it is carried out; where not, it is skipped and counts as succeeded."),
        new("timeout", Shape.Duration, "How long the whole step may take, all its attempts included."),
        new("retry", RetryReader.Schema, "How often and when it is tried again."),
        new("catch", Shape.Steps, "What to do when it has failed; where that succeeds, the step has succeeded."),
        new("finally", Shape.Steps, "What to do at the end in any case."),
        new("undo", UndoReader.Schema, "How to take it back; \"undo: all\" in a catch does."),
    ];

    /// <summary>Gives a node the place and the options of its step.</summary>
    /// <param name="node">The node; null: it is lost, and its options are read for their errors alone.</param>
    /// <param name="kind">What kind of step it is.</param>
    /// <param name="step">All keys of the step.</param>
    /// <param name="reader">Reads the steps that are in it.</param>
    public static Node? Read(Node? node, StepKind kind, MapReader step, StepReader reader)
    {
        var diagnostics = reader.Diagnostics;
        var options = new SequenceNode([])
        {
            Id = ReadId(step, diagnostics),
            IdAt = step.Take("id")?.At ?? SourcePosition.None,
            When = step.Take("when") is { } when ? ValueReader.Condition(when, "when", diagnostics) : null,
            Timeout = step.Take("timeout") is { } timeout ? ValueReader.Duration(timeout, "timeout", diagnostics) : null,
            Retry = step.Take("retry") is { } retry ? RetryReader.Read(retry, diagnostics) : null,
            Catch = reader.Steps(step, "catch"),
            Finally = reader.Steps(step, "finally"),
            Undo = step.Take("undo") is { } undo ? UndoReader.Read(undo, diagnostics) : null,
        };
        if (kind.Acts)
        {
            var (expect, never) = (ExpectationReader.Read(step, "expect", diagnostics), ExpectationReader.Read(step, "never", diagnostics));
            var inOrder = step.Boolean("in-order") ?? false;
            node = node is ActingNode acting ? acting with { Expect = expect, Never = never, InOrder = inOrder } : node;
        }

        return node is null ? null : node with
        {
            At = step.At,
            Id = options.Id,
            IdAt = options.IdAt,
            When = options.When,
            Timeout = options.Timeout,
            Retry = options.Retry,
            Catch = options.Catch,
            Finally = options.Finally,
            Undo = options.Undo,
        };
    }

    /// <summary>Reads the <c>id</c>.</summary>
    public static string? ReadId(MapReader step, DiagnosticBag diagnostics) =>
        step.Take("id") is { } node ? ValueReader.Name(node, "id", diagnostics) : null;
}
