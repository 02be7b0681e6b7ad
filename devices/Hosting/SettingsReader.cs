using IotMqtt.Models.Reading;
using Microsoft.Extensions.Configuration;

namespace IotMqtt.Devices.Hosting;

/// <summary>
/// Reads the settings from appsettings.json, the environment and the command line; the later ones win. Says all errors at once,
/// each with the place it came from.
/// </summary>
internal sealed class SettingsReader
{
    private readonly List<string> _errors = [];
    private WorkerOptions _options = new();

    private SettingsReader()
    {
    }

    public static (WorkerOptions Options, IReadOnlyList<string> Errors) Read(
        IReadOnlyList<string> arguments, IConfiguration file, Func<string, string?> environment)
    {
        var reader = new SettingsReader();
        reader.ReadFile(file);
        foreach (var setting in Settings.All)
        {
            reader.Apply(setting, environment(setting.EnvironmentName), setting.EnvironmentName);
        }

        reader.ReadArguments(arguments);
        return (reader._options, reader._errors);
    }

    private void ReadFile(IConfiguration file)
    {
        foreach (var (key, value) in file.GetSection("Devices").AsEnumerable(makePathsRelative: true).Where(entry => entry.Value is not null).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var place = $"appsettings.json, Devices:{key}";
            if (Settings.All.FirstOrDefault(setting => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } setting)
            {
                Apply(setting, value, place);
            }
            else
            {
                var suggestion = Suggest.Closest(key, Settings.All.Select(setting => setting.Key));
                _errors.Add(suggestion is null ? $"{place} is no option; --help lists them." : $"{place} is no option; did you mean Devices:{suggestion}?");
            }
        }
    }

    private void ReadArguments(IReadOnlyList<string> arguments)
    {
        for (var at = 0; at < arguments.Count; at++)
        {
            var argument = arguments[at];
            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument : argument[..equals];
            var hasNext = at + 1 < arguments.Count && !arguments[at + 1].StartsWith("--", StringComparison.Ordinal);
            var setting = Settings.All.FirstOrDefault(setting => name == "--" + setting.Name);
            if (setting is null)
            {
                at += equals < 0 && hasNext && name.StartsWith("--", StringComparison.Ordinal) ? 1 : 0;
                var suggestion = Suggest.Closest(name, Settings.All.Select(setting => "--" + setting.Name));
                _errors.Add(suggestion is null ? $"There is no option {name}; --help lists them." : $"There is no option {name}; did you mean {suggestion}?");
            }
            else if (equals >= 0)
            {
                Apply(setting, argument[(equals + 1)..], name);
            }
            else if (hasNext)
            {
                Apply(setting, arguments[++at], name);
            }
            else
            {
                _errors.Add($"{name} needs a value: {setting.Expected}.");
            }
        }
    }

    private void Apply(Setting setting, string? value, string place)
    {
        // An empty variable is how a compose file says "not set".
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        if (setting.Apply(_options, value) is { } options)
        {
            _options = options;
        }
        else
        {
            _errors.Add($"{place} is '{(setting.Name == "broker" ? "…" : value)}'; it takes {setting.Expected}.");
        }
    }
}
