using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace IotMqtt.Hosting.Options;

/// <summary>The section of a program in appsettings.json. A file is read when something asks for it, and not where there is none.</summary>
public sealed class SettingsFile
{
    private const char Separator = ';';
    private readonly string _section;
    private readonly Func<IConfiguration?> _read;
    private readonly IReadOnlyCollection<string> _keys;
    private readonly List<string> _errors = [];
    private Dictionary<string, string>? _values;

    private SettingsFile(OptionNames names, IEnumerable<string> options, Func<IConfiguration?> read)
    {
        _section = names.Section;
        _read = read;
        _keys = [.. options.Select(OptionNames.Key).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>What is wrong with it: it cannot be read, or has keys that are no options.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            _ = Values;
            return _errors;
        }
    }

    private Dictionary<string, string> Values => _values ??= Load();

    /// <summary>The files at these paths, those that are there; a later one wins.</summary>
    /// <param name="names">What the program calls its options.</param>
    /// <param name="options">All options that may stand there.</param>
    /// <param name="paths">Full paths.</param>
    public static SettingsFile At(OptionNames names, IEnumerable<string> options, params IEnumerable<string> paths) => new(names, options, () =>
    {
        var present = paths.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Where(File.Exists).ToList();
        return present.Count == 0 ? null : present.Aggregate(new ConfigurationBuilder(), (builder, path) => Add(builder, path)).Build();
    });

    /// <summary>Those of the program's folder and of the working folder, which wins.</summary>
    /// <param name="names">What the program calls its options.</param>
    /// <param name="options">All options that may stand there.</param>
    public static SettingsFile Standard(OptionNames names, IEnumerable<string> options) => At(
        names, options, Path.Combine(AppContext.BaseDirectory, "appsettings.json"), Path.Combine(Environment.CurrentDirectory, "appsettings.json"));

    /// <summary>What a configuration has, whatever it is made of.</summary>
    /// <param name="names">What the program calls its options.</param>
    /// <param name="options">All options that may stand there.</param>
    /// <param name="configuration">The configuration.</param>
    public static SettingsFile Of(OptionNames names, IEnumerable<string> options, IConfiguration configuration) => new(names, options, () => configuration);

    /// <summary>The text of an option; null: it has none. Those of a list have <c>;</c> between them.</summary>
    public string? Find(string option) => Values.GetValueOrDefault(OptionNames.Key(option));

    private static ConfigurationBuilder Add(ConfigurationBuilder builder, string path)
    {
        builder.AddJsonFile(path, optional: true);
        return builder;
    }

    private Dictionary<string, string> Load()
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var entries = _read()?.GetSection(_section).AsEnumerable(makePathsRelative: true) ?? [];
            foreach (var group in entries.Where(entry => entry.Value is not null).GroupBy(entry => ListKey(entry.Key), StringComparer.OrdinalIgnoreCase).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                Check(group.Key);
                values[group.Key] = string.Join(Separator, group.OrderBy(entry => entry.Key, ConfigurationKeyComparer.Instance).Select(entry => entry.Value));
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or FormatException or UnauthorizedAccessException)
        {
            _errors.Add($"appsettings.json cannot be read: {exception.GetBaseException().Message}");
        }

        return values;
    }

    /// <summary>The key of the list that an item belongs to: <c>Report:0</c> is of <c>Report</c>.</summary>
    private static string ListKey(string key)
    {
        var colon = key.LastIndexOf(':');
        return colon > 0 && int.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? key[..colon] : key;
    }

    private void Check(string key)
    {
        if (_keys.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        var meant = Nearest.To(key, _keys) is { } nearest ? $"; did you mean {_section}:{nearest}?" : "";
        _errors.Add($"appsettings.json, {_section}:{key} is no option{meant}");
    }
}
