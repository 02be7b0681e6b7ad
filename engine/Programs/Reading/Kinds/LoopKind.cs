using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary>The steps that repeat steps; they differ in what ends them.</summary>
internal abstract class LoopKind(string name, string shape, string about) : StepKind(
    name, shape, about,
    new Key("as", Shape.Ref("variable"), "The variable that stands for the item, or for the round (from 1)."),
    new Key("steps", Shape.Steps, "What to repeat.", Required: true))
{
    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        var name = ValueReader.As(step, reader.Diagnostics);
        var steps = reader.Steps(step, "steps");
        var loop = End(value, new RepeatNode(steps ?? new([])) { As = name, AsAt = step.Take("as")?.At ?? SourcePosition.None }, reader.Diagnostics);
        return steps is null ? null : loop;
    }

    /// <summary>Reads what ends it.</summary>
    protected abstract RepeatNode? End(YamlNode value, RepeatNode loop, DiagnosticBag diagnostics);
}
