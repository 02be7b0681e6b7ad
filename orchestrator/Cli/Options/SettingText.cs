using System.CommandLine;
using IotMqtt.Hosting.Options;

namespace IotMqtt.Orchestrator.Cli.Options;

/// <summary>The <c>--set name=value</c> of a command line.</summary>
internal static class SettingText
{
    /// <summary>The settings; what is wrong with them is noted.</summary>
    public static List<KeyValuePair<string, string>> Read(OptionSource source, Option<string[]> option)
    {
        var settings = new List<KeyValuePair<string, string>>();
        foreach (var text in source.Several(option))
        {
            if (TryParse(text, out var setting))
            {
                settings.Add(setting);
            }
            else
            {
                source.Wrong($"{source.SourceOf(option)} is '{text}'; it takes NAME=VALUE");
            }
        }

        return settings;
    }

    /// <summary>Reads <c>name=value</c>; the value may be empty.</summary>
    public static bool TryParse(string text, out KeyValuePair<string, string> setting)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        setting = equals > 0 ? new(text[..equals], text[(equals + 1)..]) : default;
        return equals > 0;
    }
}
