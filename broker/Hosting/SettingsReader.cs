namespace IotMqtt.Broker.Hosting;

/// <summary>
/// Reads the settings from appsettings.json, the environment and the command line; the later ones win. Says all errors at once,
/// each with the place it came from.
/// </summary>
internal sealed class SettingsReader
{
    private readonly List<string> _errors = [];
    private ProgramOptions _options = new();

    private SettingsReader()
    {
    }

    public static (ProgramOptions Options, IReadOnlyList<string> Errors) Read(
        IReadOnlyList<string> arguments, IConfiguration file, Func<string, string?> environment)
    {
        var reader = new SettingsReader();
        reader.ReadFile(file);
        reader.ReadEnvironment(environment);
        reader.ReadArguments(arguments);
        return (reader._options, reader._errors);
    }

    private void ReadFile(IConfiguration file)
    {
        foreach (var (key, value) in file.GetSection("Broker").AsEnumerable(makePathsRelative: true).Where(entry => entry.Value is not null).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var place = $"appsettings.json, Broker:{key}";
            if (Settings.All.FirstOrDefault(setting => setting.Key.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } setting)
            {
                Apply(setting, value, place);
            }
            else
            {
                var closest = Closest(key, Settings.All.Select(setting => setting.Key));
                _errors.Add($"{place} is no option{(closest is null ? "." : $"; did you mean Broker:{closest}?")}");
            }
        }
    }

    private void ReadEnvironment(Func<string, string?> environment)
    {
        foreach (var setting in Settings.All)
        {
            // An empty variable is how a compose file says "not set".
            Apply(setting, environment(setting.Environment) is { Length: > 0 } value ? value : null, setting.Environment);
        }
    }

    private void ReadArguments(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var parts = arguments[i].Split('=', 2);
            if (!parts[0].StartsWith("--", StringComparison.Ordinal))
            {
                _errors.Add($"'{arguments[i]}' is no option; see --help.");
            }
            else if (Settings.All.FirstOrDefault(setting => setting.Name == parts[0][2..]) is not { } setting)
            {
                var closest = Closest(parts[0][2..], Settings.All.Select(setting => setting.Name));
                _errors.Add($"'{parts[0]}' is no option{(closest is null ? "." : $"; did you mean --{closest}?")} See --help.");
                i += parts.Length == 1 && i + 1 < arguments.Count && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal) ? 1 : 0;
            }
            else if (parts.Length == 1 && (i + 1 == arguments.Count || arguments[i + 1].StartsWith("--", StringComparison.Ordinal)))
            {
                _errors.Add($"{parts[0]} has no value; it takes {setting.Expected}.");
            }
            else
            {
                Apply(setting, parts.Length == 2 ? parts[1] : arguments[++i], parts[0]);
            }
        }
    }

    private void Apply(Setting setting, string? value, string source)
    {
        if (value is null)
        {
            return;
        }

        if (value.Length > 0 && setting.Apply(_options, value) is { } options)
        {
            _options = options;
        }
        else
        {
            _errors.Add($"{source} is '{value}'; it takes {setting.Expected}.");
        }
    }

    private static string? Closest(string name, IEnumerable<string> all)
    {
        var best = all.MinBy(known => Distance(known, name))!;
        return Distance(best, name) <= Math.Max(2, name.Length / 3) ? best : null;
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + (left[i - 1] == right[j - 1] ? 0 : 1), Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[^1];
    }
}
