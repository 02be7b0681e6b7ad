using System.CommandLine;
using System.CommandLine.Help;

namespace IotMqtt.Hosting.Options;

/// <summary>The command line of a program that serves: its options, and <c>health</c> beside them.</summary>
/// <typeparam name="T">The record that its options make up.</typeparam>
public sealed class ProgramLine<T>
    where T : class
{
    private readonly OptionNames _names;
    private readonly SettingTable<T> _table;
    private readonly Command _root;

    /// <summary>A command line.</summary>
    /// <param name="name">What people call the program: <c>iotmqtt-broker</c>.</param>
    /// <param name="description">What it does, and what its exit codes are.</param>
    /// <param name="names">What its options are called elsewhere.</param>
    /// <param name="settings">Its options.</param>
    /// <param name="health">What its health check is, with options of its own.</param>
    public ProgramLine(string name, string description, OptionNames names, IEnumerable<Setting<T>> settings, Command health)
    {
        (_names, _table, Health) = (names, new SettingTable<T>(settings), health);
        _root = new Command(name, description) { new HelpOption(), new VersionOption("--version", "-v"), health };
        _table.AddTo(_root);

        // What they do is decided by who reads the line; without an action a command is no end of a line.
        _root.SetAction(_ => 0);
        health.SetAction(_ => 0);
    }

    /// <summary>The health check.</summary>
    public Command Health { get; }

    /// <summary>What stands on a command line, in the environment and in the file.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="file">Makes the file's section of it.</param>
    /// <param name="unknown">Finds the variables that are no options and should be.</param>
    public ProgramReading<T> Read(
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string> variables,
        Func<OptionNames, IEnumerable<string>, SettingsFile> file,
        Func<IEnumerable<string>, OptionNames, IEnumerable<string>, IEnumerable<string>> unknown)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(unknown);
        var parsed = _root.Parse(arguments);
        var source = new OptionSource(parsed, _names, variables.GetValueOrDefault, file(_names, _table.Names));
        return new(parsed, source, parsed.CommandResult.Command == Health, initial =>
        {
            var options = _table.Read(source, initial);
            return (options, [.. UsageErrors.Of(parsed), .. unknown(variables.Keys, _names, _table.Names), .. source.Errors]);
        });
    }
}
