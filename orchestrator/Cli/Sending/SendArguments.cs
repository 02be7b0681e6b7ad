using IotMqtt.Models.Values;
using IotMqtt.Orchestrator.Cli.Options;

namespace IotMqtt.Orchestrator.Cli.Sending;

/// <summary>The arguments of a command as they are typed: <c>brightness=80 color="#ff8800" song=Africa</c>.</summary>
internal static class SendArguments
{
    public static ValueMap Read(OptionSource source, IReadOnlyList<string> texts)
    {
        var values = new ValueMap.Builder();
        foreach (var text in texts)
        {
            if (!SettingText.TryParse(text, out var argument))
            {
                source.Wrong($"'{text}' is no argument; it takes NAME=VALUE");
            }
            else if (!values.TryAdd(argument.Key, ArgumentText.Read(argument.Value)))
            {
                source.Wrong($"the argument {argument.Key} is given twice");
            }
        }

        return values.Build();
    }
}
