namespace IotMqtt.Broker.Hosting;

/// <summary>
/// Reads the settings from appsettings.json, the environment and the command line; the later ones win. Says all errors at once,
/// each with the place it came from.
/// </summary>
internal sealed class SettingsReader
{
    private const string FileSuffix = "_FILE";

    private readonly List<string> _errors = [];
    private ProgramOptions _options = new();

    private SettingsReader()
    {
    }

    public static (ProgramOptions Options, IReadOnlyList<string> Errors) Read(
        IReadOnlyList<string> arguments, IConfiguration file, IReadOnlyDictionary<string, string> environment)
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

    private void ReadEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var setting in Settings.All)
        {
            // An empty variable is how a compose file says "not set".
            var value = environment.GetValueOrDefault(setting.Environment) is { Length: > 0 } text ? text : null;
            var path = environment.GetValueOrDefault(setting.Environment + FileSuffix) is { Length: > 0 } named ? named : null;
            if (value is not null && path is not null)
            {
                _errors.Add($"{setting.Environment} and {setting.Environment}{FileSuffix} are both set; set one of them.");
            }
            else if (path is not null)
            {
                ReadSecret(setting, path);
            }
            else
            {
                Apply(setting, value, setting.Environment);
            }
        }

        foreach (var name in environment.Keys.Where(name => name.StartsWith(Setting.EnvironmentPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var known = name.EndsWith(FileSuffix, StringComparison.Ordinal) ? name[..^FileSuffix.Length] : name;
            if (Settings.All.All(setting => setting.Environment != known && setting.Environment != name))
            {
                var closest = Closest(known, Settings.All.Select(setting => setting.Environment));
                _errors.Add($"The environment variable {name} is no option{(closest is null ? "." : $"; did you mean {closest}?")}");
            }
        }
    }

    /// <summary>A value in a file of its own, as Docker and Kubernetes give secrets; one line end at its end does not count.</summary>
    private void ReadSecret(Setting setting, string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            Apply(setting, text.EndsWith('\n') ? text[..^1].TrimEnd('\r') : text, setting.Environment + FileSuffix);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            _errors.Add($"{setting.Environment}{FileSuffix} names {path}, which cannot be read: {exception.Message}");
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
