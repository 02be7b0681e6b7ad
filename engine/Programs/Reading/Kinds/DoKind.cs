using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>do: speaker.play</c>.</summary>
internal sealed class DoKind : StepKind
{
    public DoKind()
        : base(
            "do", Shape.CommandTarget, "One command of one device: device.command.",
            new Key("with", Shape.Values, "Its arguments.")) => Acts = true;

    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        var command = CommandReader.Read(value, reader.Diagnostics);
        var with = ValueReader.Named(step, "with", reader.Diagnostics);
        return command is { } read && with is { } arguments
            ? new DoNode(read.Device, read.Name) { CommandAt = read.NameAt, With = arguments, WithAt = ValueReader.PlacesOf(step.Take("with")) }
            : null;
    }
}
