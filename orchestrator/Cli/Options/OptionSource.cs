using System.CommandLine;

namespace IotMqtt.Orchestrator.Cli.Options;

/// <summary>
/// The values of a command's options: from the command line, else from the environment (<c>--step-timeout</c> is
/// <c>IOTMQTT_STEP_TIMEOUT</c>), else from appsettings.json (<c>Orchestrator:StepTimeout</c>). Notes everything that is wrong with them.
/// </summary>
internal sealed class OptionSource(ParseResult parsed, Func<string, string?> environment, AppSettings file)
{
    private const char Separator = ';';
    private readonly List<string> _errors = [];

    /// <summary>Everything that is wrong with the options.</summary>
    public IReadOnlyList<string> Errors => [.. file.Strangers, .. _errors];

    /// <summary>The text of an option; null: it is nowhere given.</summary>
    public string? Text(Option<string?> option) => Find(option)?.Text;

    /// <summary>What an option's text means; the default where it is not given, or means nothing, which is noted.</summary>
    /// <param name="option">The option.</param>
    /// <param name="expected">What its text looks like: <c>a duration such as 500ms, 5s or 1m30s</c>.</param>
    /// <param name="read">Reads the text; null: it is not valid.</param>
    public T? Read<T>(Option<string?> option, string expected, Func<string, T?> read)
        where T : struct
    {
        if (Find(option) is not { } found)
        {
            return null;
        }

        var value = read(found.Text);
        if (value is null)
        {
            _errors.Add($"{found.Source} is '{found.Text}'; it takes {expected}");
        }

        return value;
    }

    /// <summary>Whether a switch is on.</summary>
    public bool IsOn(Option<bool> option)
    {
        if (parsed.GetResult(option) is { Implicit: false })
        {
            return parsed.GetValue(option);
        }

        if (Elsewhere(option) is not { } found)
        {
            return false;
        }

        if (bool.TryParse(found.Text, out var on))
        {
            return on;
        }

        if (found.Text is "1" or "0")
        {
            return found.Text == "1";
        }

        _errors.Add($"{found.Source} is '{found.Text}'; it takes true or false");
        return false;
    }

    /// <summary>The texts of an option that may be given several times; in the environment <c>;</c> stands between them.</summary>
    public IReadOnlyList<string> Several(Option<string[]> option) =>
        parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) ?? []
        : Elsewhere(option) is { } found ? found.Text.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : [];

    /// <summary>Whether an option stands on the command line.</summary>
    public bool IsTyped(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Notes something that is wrong.</summary>
    public void Wrong(string error) => _errors.Add(error);

    /// <summary>Where an option's value comes from, for messages: <c>--timeout</c> or <c>IOTMQTT_TIMEOUT</c>.</summary>
    public string SourceOf(Option option) => parsed.GetResult(option) is { Implicit: false } ? option.Name : Elsewhere(option)?.Source ?? option.Name;

    private (string Text, string Source)? Find(Option<string?> option) =>
        parsed.GetResult(option) is { Implicit: false } && parsed.GetValue(option) is { } text ? (text, option.Name) : Elsewhere(option);

    private (string Text, string Source)? Elsewhere(Option option)
    {
        var variable = "IOTMQTT_" + option.Name[2..].ToUpperInvariant().Replace('-', '_');
        return environment(variable) is { Length: > 0 } value ? (value, variable)
            : file.Find(option.Name[2..]) is { } setting ? (setting, $"appsettings.json, {AppSettings.Key(option.Name[2..])}")
            : null;
    }
}
