using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>each: thermostat</c>.</summary>
internal sealed class EachKind() : StepKind(
    "each", SelectionReader.Schema, "The same steps for each of a selection of devices: a model, a list of ids, or a mapping of model, labels and ids.",
    new Key("where", Shape.Condition, "A condition on each device."),
    new Key("as", Shape.Ref("variable"), "The variable that stands for the device; d unless it says otherwise."),
    new Key("concurrency", Shape.Count, "How many devices at a time; all unless it says otherwise."),
    new Key("batches", Shape.ListOf(Shape.BatchSize), "Cumulative parts of the selection, rounded up: [1, 10%, 100%]."),
    new Key("gate", Shape.Steps, "What must succeed between two batches."),
    new Key("tolerate", Shape.Ref("tolerance"), "How many devices of all may fail, rounded down; checked after each batch."),
    FailureReader.Key,
    new Key("allow-empty", Shape.Boolean, "Whether selecting nothing is in order."),
    new Key("steps", Shape.Steps, "What to do with each device.", Required: true))
{
    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        var diagnostics = reader.Diagnostics;
        var selection = SelectionReader.Read(value, diagnostics);
        var steps = reader.Steps(step, "steps");
        var node = new EachNode(selection ?? DeviceSelection.All, ValueReader.As(step, diagnostics) ?? EachNode.DefaultVariable, steps ?? new([]))
        {
            AsAt = step.Take("as")?.At ?? SourcePosition.None,
            Where = step.Take("where") is { } where ? ValueReader.Condition(where, "where", diagnostics) : null,
            Concurrency = ValueReader.Count(step, "concurrency"),
            Batches = step.Take("batches") is { } batches ? BatchSizeReader.ReadAll(batches, diagnostics) : [],
            Gate = reader.Steps(step, "gate"),
            Tolerate = step.Take("tolerate") is { } tolerate ? BatchSizeReader.Read(tolerate, "tolerate", 0, diagnostics) : null,
            OnFailure = FailureReader.Read(step) ?? OnFailure.Drain,
            AllowEmpty = step.Boolean("allow-empty") ?? false,
        };
        Check(node, step, diagnostics);
        return selection is null || steps is null ? null : node;
    }

    private static void Check(EachNode node, MapReader step, DiagnosticBag diagnostics)
    {
        if (node.Gate is { } gate && node.Batches.IsEmpty && !step.Has("batches"))
        {
            diagnostics.Error(gate.At, "a gate stands between batches, and there are none", "add batches: [1, 10%, 100%]");
        }

        if (node.Tolerate is not null && step.Entry("on-failure") is { } onFailure)
        {
            diagnostics.Error(onFailure.Key.At, "with \"tolerate\" every batch runs to its end: \"on-failure\" has no say", "remove one of them");
        }
    }
}
