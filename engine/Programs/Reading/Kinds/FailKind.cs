using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>fail: text</c>.</summary>
internal sealed class FailKind() : StepKind("fail", Shape.Message, "Fails with this message.")
{
    public override Node? Read(YamlNode value, MapReader step, StepReader reader) =>
        ValueReader.Message(value, Name, reader.Diagnostics) is { } message ? new FailNode(message) : null;
}
