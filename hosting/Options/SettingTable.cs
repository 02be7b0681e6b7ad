using System.CommandLine;

namespace IotMqtt.Hosting.Options;

/// <summary>All options of a program, in the order in which its help lists them.</summary>
/// <typeparam name="T">The record that they make up.</typeparam>
public sealed class SettingTable<T>
    where T : class
{
    private readonly List<(Setting<T> Setting, Option<string?> Option)> _options;

    /// <summary>The options of a program.</summary>
    /// <param name="settings">What they are.</param>
    public SettingTable(IEnumerable<Setting<T>> settings) => _options = [.. settings.Select(setting => (setting, Make(setting)))];

    /// <summary>Their names, the old ones included.</summary>
    public IReadOnlyList<string> Names => [.. _options.SelectMany(each => (string[])[each.Setting.Name, .. each.Setting.OldNames])];

    /// <summary>Adds them to a command and those below it.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        foreach (var (setting, option) in _options)
        {
            command.Options.Add(option);
            foreach (var old in setting.OldNames)
            {
                command.Options.Add(new OldOption("--" + old, option));
            }
        }
    }

    /// <summary>What they say; what is wrong is noted by the source.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="initial">What holds where nothing is said.</param>
    public T Read(OptionSource source, T initial)
    {
        ArgumentNullException.ThrowIfNull(source);
        var options = initial;
        foreach (var (setting, option) in _options)
        {
            if (source.Find(option) is not var (text, place))
            {
                continue;
            }

            if (text.Length > 0 && setting.Apply(options, text) is { } changed)
            {
                options = changed;
            }
            else
            {
                source.Wrong($"{place} is '{(setting.IsSecret && text.Length > 0 ? "…" : text)}'; it takes {setting.Expected}");
            }
        }

        return options;
    }

    private static Option<string?> Make(Setting<T> setting) => new("--" + setting.Name)
    {
        Description = setting.Help,
        HelpName = setting.ValueName,
        Recursive = true,
        Arity = ArgumentArity.ExactlyOne,
    };
}
