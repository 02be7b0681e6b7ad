using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads the names of devices with something of them.</summary>
internal static class CommandReader
{
    /// <summary>Reads <c>device.command</c>.</summary>
    public static DottedName? Read(YamlNode node, DiagnosticBag diagnostics) => Read(node, "a command", "speaker.switch-on", diagnostics);

    /// <summary>Reads a device and something of it.</summary>
    /// <param name="node">What is there.</param>
    /// <param name="what">What it must be, for messages.</param>
    /// <param name="example">What to write, for messages.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public static DottedName? Read(YamlNode node, string what, string example, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar scalar && DottedName.Parse(scalar) is { } name)
        {
            return name;
        }

        diagnostics.Error(node.At, $"{what} was expected, but this is {node.Describe()}", Suggestion(node, example));
        return null;
    }

    /// <summary>Reads a device.</summary>
    public static DeviceTarget? Device(YamlNode node, string what, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar scalar && DottedName.ParseDevice(scalar.Text, scalar.At) is { } device)
        {
            return device;
        }

        diagnostics.Error(node.At, $"{what} must be a device, but is {node.Describe()}", "write its id, such as speaker");
        return null;
    }

    private static string Suggestion(YamlNode node, string example)
    {
        if (node is YamlScalar { Text: var text })
        {
            var spaced = text.Trim().Split([' ', '/', ':'], StringSplitOptions.RemoveEmptyEntries);
            if (spaced.Length > 0 && StepKinds.Find(spaced[0]) is { } kind)
            {
                return $"\"{kind.Name}\" is a key: write \"{kind.Name}: …\"";
            }

            if (spaced.Length == 2 && Names.IsName(spaced[0]) && Names.IsName(spaced[1]))
            {
                return $"write {spaced[0]}.{spaced[1]}";
            }
        }

        return $"write the device, a dot and a name, such as {example}";
    }
}
