using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>run: other.yaml</c>.</summary>
internal sealed class RunKind() : StepKind(
    "run", Shape.Text, "Runs another program, relative to this file.",
    new Key("with", Shape.Values, "Its parameters."))
{
    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        var with = ValueReader.Named(step, "with", reader.Diagnostics);
        var file = NodeReader.Text(value, Name, reader.Diagnostics);
        var program = file is null ? null : reader.Program.ReadCalled(file, value.At);
        return program is not null && with is { } parameters
            ? new RunNode(program) { File = file, With = parameters, WithAt = ValueReader.PlacesOf(step.Take("with")) }
            : null;
    }
}
