using System.Text.Json;

namespace IotMqtt.Orchestrator.Cli.Options;

/// <summary>The section <c>Orchestrator</c> of an appsettings.json in the working folder. Not read where nothing asks for it.</summary>
internal sealed class AppSettings(string path)
{
    private const string Section = "Orchestrator";
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private Dictionary<string, string>? _settings;

    /// <summary>The key of an option: <c>step-timeout</c> is <c>Orchestrator:StepTimeout</c>.</summary>
    public static string Key(string option) =>
        $"{Section}:{string.Concat(option.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))}";

    /// <summary>The setting of an option; null: there is none.</summary>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public string? Find(string option) => (_settings ??= Load()).GetValueOrDefault(Key(option)[(Section.Length + 1)..]);

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
                foreach (var setting in section.EnumerateObject())
                {
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
}
