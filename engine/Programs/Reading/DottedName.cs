using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>A device with something of it: <c>speaker.play</c>, <c>d.install</c>, <c>params.light.switch-on</c>.</summary>
/// <param name="Device">The device. That a name is a variable is found out later, by <see cref="TargetResolver"/>.</param>
/// <param name="Name">The command, the reading, the event.</param>
/// <param name="NameAt">Where that is written.</param>
internal readonly record struct DottedName(DeviceTarget Device, string Name, SourcePosition NameAt)
{
    private const string Parameter = "params.";

    /// <summary>Reads a device and one of its commands, readings or events.</summary>
    /// <returns>Null where it is none.</returns>
    public static DottedName? Parse(YamlScalar scalar)
    {
        var text = scalar.Text;
        var dot = text.LastIndexOf('.');
        return dot > 0 && Names.IsName(text.AsSpan(dot + 1)) && ParseDevice(text[..dot], scalar.At) is { } device
            ? new(device, text[(dot + 1)..], scalar.At.Line == 0 ? scalar.At : scalar.PositionOf(dot + 1))
            : null;
    }

    /// <summary>Reads a device alone.</summary>
    /// <returns>Null where it is none.</returns>
    public static DeviceTarget? ParseDevice(string text, SourcePosition at)
    {
        var isParameter = text.StartsWith(Parameter, StringComparison.Ordinal);
        var name = isParameter ? text[Parameter.Length..] : text;
        return Names.IsName(name) ? new(at, name, isParameter ? TargetKind.Parameter : TargetKind.Device) : null;
    }
}
