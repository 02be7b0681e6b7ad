using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>delay: 5s</c>.</summary>
internal sealed class DelayKind() : StepKind("delay", Shape.Duration, "Lets time pass.")
{
    public override Node? Read(YamlNode value, MapReader step, StepReader reader) =>
        ValueReader.Duration(value, Name, reader.Diagnostics) is { } duration ? new DelayNode(duration) : null;
}
