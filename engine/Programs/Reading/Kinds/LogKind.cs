using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>log: text</c>.</summary>
internal sealed class LogKind() : StepKind("log", Shape.Message, "Says something in the record of the run.")
{
    public override Node? Read(YamlNode value, MapReader step, StepReader reader) =>
        ValueReader.Message(value, Name, reader.Diagnostics) is { } message ? new LogNode(message) : null;
}
