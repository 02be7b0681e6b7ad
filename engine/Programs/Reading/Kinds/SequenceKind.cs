using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>sequence: [ … ]</c>.</summary>
internal sealed class SequenceKind() : StepKind("sequence", Shape.Steps, "Steps, one after the other; it stops at the first failure.")
{
    public override Node Read(YamlNode value, MapReader step, StepReader reader) => reader.Steps(value, Name);
}
