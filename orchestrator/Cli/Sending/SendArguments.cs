using IotMqtt.Hosting.Options;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Values;
using IotMqtt.Orchestrator.Cli.Options;

namespace IotMqtt.Orchestrator.Cli.Sending;

/// <summary>The arguments of a command as they are typed: <c>brightness=80 color="#ff8800" song=Africa</c>.</summary>
internal static class SendArguments
{
    /// <summary>The arguments as they are typed, by name.</summary>
    public static IReadOnlyDictionary<string, string> Read(OptionSource source, IReadOnlyList<string> texts)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            if (!SettingText.TryParse(text, out var argument))
            {
                source.Wrong($"'{text}' is no argument; it takes NAME=VALUE");
            }
            else if (!values.TryAdd(argument.Key, argument.Value))
            {
                source.Wrong($"the argument {argument.Key} is given twice");
            }
        }

        return values;
    }

    /// <summary>Their values, of the types that a command has for them.</summary>
    public static ValueMap Typed(IReadOnlyDictionary<string, string> texts, CommandDefinition? command)
    {
        var values = new ValueMap.Builder();
        foreach (var (name, text) in texts)
        {
            values.Set(name, ArgumentText.Read(text, command?.FindParameter(name)?.Type));
        }

        return values.Build();
    }
}
