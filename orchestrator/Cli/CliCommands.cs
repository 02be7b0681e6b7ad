using System.CommandLine;
using IotMqtt.Hosting.Options;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli;

/// <summary>Gives the actions of commands what they need: their options from all sources, and what is around them.</summary>
internal sealed class CliCommands(CliContext context)
{
    /// <summary>What a command does.</summary>
    public delegate Task<int> CommandAction(ParseResult parsed, OptionSource source, CliContext context, CancellationToken cancellationToken);

    /// <summary>What the variables of the broker's program begin with.</summary>
    private const string BrokerPrefix = "IOTMQTT_BROKER_";

    private static readonly OptionNames Names = new("IOTMQTT_", "Orchestrator");

    /// <summary>Sets what a command does.</summary>
    public void SetAction(Command command, CommandAction action) => command.SetAction(async (parsed, cancellationToken) =>
    {
        var options = parsed.RootCommandResult.Command.Subcommands.SelectMany(each => each.Options).Select(option => option.Name).ToHashSet();
        var source = new OptionSource(parsed, Names, context.Environment, SettingsFile.At(Names, options, Path.Combine(context.Folder, "appsettings.json")));
        foreach (var error in Variables.Misspelt(context.Variables.Where(name => !name.StartsWith(BrokerPrefix, StringComparison.Ordinal)), Names, options))
        {
            source.Wrong(error);
        }

        try
        {
            return await action(parsed, source, context, cancellationToken);
        }
        finally
        {
            foreach (var warning in source.Warnings)
            {
                context.ErrorLines(plain: false).Write(new(new("warning: ", Tone.Refused), warning));
            }
        }
    });
}
