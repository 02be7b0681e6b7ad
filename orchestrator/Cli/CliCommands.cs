using System.CommandLine;
using IotMqtt.Orchestrator.Cli.Options;

namespace IotMqtt.Orchestrator.Cli;

/// <summary>Gives the actions of commands what they need: their options from all sources, and what is around them.</summary>
internal sealed class CliCommands(CliContext context)
{
    /// <summary>What a command does.</summary>
    public delegate Task<int> CommandAction(ParseResult parsed, OptionSource source, CliContext context, CancellationToken cancellationToken);

    /// <summary>Sets what a command does.</summary>
    public void SetAction(Command command, CommandAction action) => command.SetAction((parsed, cancellationToken) =>
    {
        var options = parsed.RootCommandResult.Command.Subcommands.SelectMany(each => each.Options).Select(option => option.Name.TrimStart('-')).ToHashSet();
        var source = new OptionSource(parsed, context.Environment, new AppSettings(Path.Combine(context.Folder, "appsettings.json"), options));
        return action(parsed, source, context, cancellationToken);
    });
}
