using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>if: condition</c>.</summary>
internal sealed class IfKind() : StepKind(
    "if", Shape.Condition, "One of two sequences.",
    new Key("then", Shape.Steps, "What to do where the condition holds.", Required: true),
    new Key("else", Shape.Steps, "What to do where it does not."))
{
    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        var condition = ValueReader.Condition(value, Name, reader.Diagnostics);
        var then = reader.Steps(step, "then");
        var otherwise = reader.Steps(step, "else");
        return condition is null || then is null ? null : new IfNode(condition, then, otherwise);
    }
}
