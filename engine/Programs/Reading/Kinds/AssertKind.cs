using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>assert: condition</c>.</summary>
internal sealed class AssertKind() : StepKind("assert", Shape.Condition, "Fails unless a condition holds.")
{
    public override Node? Read(YamlNode value, MapReader step, StepReader reader) =>
        ValueReader.Condition(value, Name, reader.Diagnostics) is { } condition ? new AssertNode(condition) : null;
}
