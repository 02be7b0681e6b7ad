using System.CommandLine;

namespace IotMqtt.Hosting.Options;

/// <summary>
/// The values of a program's options: from the command line, else from the environment (where <c>NAME_FILE</c> may name a file that
/// holds the value), else from appsettings.json. Notes everything that is wrong with them, each with the place that it came from. Another name
/// of an option is an old one: it is taken, with a word.
/// </summary>
/// <param name="parsed">The command line.</param>
/// <param name="names">What the options are called elsewhere.</param>
/// <param name="environment">Looks up an environment variable.</param>
/// <param name="file">The section of appsettings.json.</param>
public sealed class OptionSource(ParseResult parsed, OptionNames names, Func<string, string?> environment, SettingsFile file)
{
    private const char Separator = ';';
    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];

    /// <summary>Everything that is wrong with the options.</summary>
    public IReadOnlyList<string> Errors => [.. file.Errors, .. _errors];

    /// <summary>What will not be taken for ever.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

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
        if (IsTyped(option))
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
        IsTyped(option) ? parsed.GetValue(option) ?? []
        : Elsewhere(option) is { } found ? found.Text.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : [];

    /// <summary>Whether an option stands on the command line.</summary>
    public bool IsTyped(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Notes something that is wrong.</summary>
    public void Wrong(string error) => _errors.Add(error);

    /// <summary>Where an option's value comes from, for messages: <c>--timeout</c> or <c>IOTMQTT_TIMEOUT</c>.</summary>
    public string SourceOf(Option option) => IsTyped(option) ? option.Name : Elsewhere(option)?.Source ?? option.Name;

    /// <summary>The text of an option, and where it comes from; null: it is nowhere given.</summary>
    internal (string Text, string Source)? Find(Option<string?> option) =>
        Typed(option)
        ?? Old(option).Select(old => Warned(Typed(old), old.Name, option.Name)).FirstOrDefault(found => found is not null)
        ?? Elsewhere(option);

    private static IEnumerable<string> OptionNamesOf(Command command) =>
        command.Options.Select(option => option.Name).Concat(command.Subcommands.SelectMany(OptionNamesOf));

    /// <summary>What stands on the command line. Not by its value: that throws where something is wrong with another option.</summary>
    private (string Text, string Source)? Typed(Option<string?> option) =>
        parsed.GetResult(option) is { Implicit: false, Tokens: [.., var token] } && !UsageErrors.IsOption(parsed, token.Value) ? (token.Value, option.Name) : null;

    private (string Text, string Source)? Elsewhere(Option option) =>
        InEnvironment(option.Name)
        ?? Old(option).Select(old => Warned(InEnvironment(old.Name), names.Variable(old.Name), names.Variable(option.Name))).FirstOrDefault(found => found is not null)
        ?? InFile(option.Name)
        ?? Old(option).Select(old => Warned(InFile(old.Name), names.Place(old.Name), names.Place(option.Name))).FirstOrDefault(found => found is not null);

    private IEnumerable<OldOption> Old(Option option) =>
        parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options).OfType<OldOption>().Where(old => old.Now == option).Distinct();

    private (string Text, string Source)? Warned((string Text, string Source)? found, string old, string now)
    {
        if (found is not null)
        {
            NoteOnce(_warnings, $"{old} is the old name of {now}, and will go");
        }

        return found;
    }

    private (string Text, string Source)? InEnvironment(string name)
    {
        var variable = names.Variable(name);
        var inFile = variable + OptionNames.FileSuffix;

        // An empty variable is how a compose file says "not set".
        var value = environment(variable) is { Length: > 0 } text ? text : null;
        var path = environment(inFile) is { Length: > 0 } named && !IsOption(inFile) ? named : null;
        if (value is not null && path is not null)
        {
            NoteOnce(_errors, $"{variable} and {inFile} are both set; set one of them");
            return null;
        }

        return value is not null ? (value, variable) : path is not null ? Secret(inFile, path) : null;
    }

    private (string Text, string Source)? InFile(string name) =>
        file.Find(name) is { } setting ? (setting, $"appsettings.json, {names.Place(name)}") : null;

    /// <summary>A value in a file of its own; one line end at its end does not count.</summary>
    private (string Text, string Source)? Secret(string variable, string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            return (text.EndsWith('\n') ? text[..^1].TrimEnd('\r') : text, variable);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            NoteOnce(_errors, $"{variable} names {path}, which cannot be read: {exception.Message.TrimEnd('.')}");
            return null;
        }
    }

    /// <summary>Whether a variable that looks as if it named a file is an option itself: <c>IOTMQTT_HEALTH_FILE</c>.</summary>
    private bool IsOption(string variable) =>
        OptionNamesOf(parsed.RootCommandResult.Command).Any(name => names.Variable(name) == variable);

    private static void NoteOnce(List<string> notes, string note)
    {
        if (!notes.Contains(note))
        {
            notes.Add(note);
        }
    }
}
