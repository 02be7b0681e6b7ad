using System.Text.Json;
using IotMqtt.Models.Reading;

namespace IotMqtt.Orchestrator.Cli.Options;

/// <summary>The section <c>Orchestrator</c> of an appsettings.json in the working folder. Not read where nothing asks for it.</summary>
internal sealed class AppSettings(string path, IReadOnlyCollection<string> options)
{
    private const string Section = "Orchestrator";
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private readonly List<string> _strangers = [];
    private Dictionary<string, string>? _settings;

    /// <summary>What is wrong with its keys, once it has been read: one that no command knows is a typing error.</summary>
    public IReadOnlyList<string> Strangers => _strangers;

    /// <summary>The key of an option: <c>step-timeout</c> is <c>Orchestrator:StepTimeout</c>.</summary>
    public static string Key(string option) =>
        $"{Section}:{Name(option)}";

    /// <summary>The setting of an option; null: there is none.</summary>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public string? Find(string option) => (_settings ??= Load()).GetValueOrDefault(Name(option));

    private static string Name(string option) => string.Concat(option.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private Dictionary<string, string> Load()
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path))
        {
            return settings;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(Section, out var section)
                && section.ValueKind == JsonValueKind.Object)
            {
                foreach (var setting in section.EnumerateObject().Where(setting => setting.Value.ValueKind != JsonValueKind.Null))
                {
                    Check(setting.Name);
                    settings[setting.Name] = setting.Value.ValueKind == JsonValueKind.Array
                        ? string.Join(';', setting.Value.EnumerateArray().Select(item => item.ToString()))
                        : setting.Value.ToString();
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.InvalidInput, $"appsettings.json cannot be read: {exception.Message}");
        }

        return settings;
    }

    private void Check(string key)
    {
        var known = options.Select(Name).ToList();
        if (!known.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            var meant = Suggest.Closest(key, known) is { } closest ? $"; did you mean {closest}?" : "";
            _strangers.Add($"appsettings.json, {Section}:{key} is no option{meant}");
        }
    }
}
