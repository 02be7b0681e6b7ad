using System.CommandLine;
using IotMqtt.Models.Devices;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Catalogue;

/// <summary><c>iotmqtt models [NAME]</c>: the ready-made models that every fleet may name, or the file of one of them.</summary>
internal static class ModelsCommand
{
    public static Command Create(CliCommands commands)
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "The model to print, to copy and change" };
        name.CompletionSources.Add([.. ModelCatalogue.Names]);
        var command = new Command("models", "List the ready-made models that every fleet may name, or print one");
        command.Arguments.Add(name);
        commands.SetAction(command, (parsed, _, context, _) =>
        {
            if (parsed.GetValue(name) is not { } wanted)
            {
                List(context.Lines(plain: false));
            }
            else
            {
                context.Output.Write(ModelCatalogue.TextOf(wanted)
                    ?? throw new CliException(ExitCodes.InvalidInput, $"there is no ready-made model '{wanted}'; iotmqtt models lists them"));
            }

            return Task.FromResult(ExitCodes.Succeeded);
        });
        return command;
    }

    private static void List(ITextOutput output)
    {
        var models = BuiltInModels.All.Concat(ModelCatalogue.Names.Select(name => ModelCatalogue.Find(name)!)).ToArray();
        var width = models.Max(model => model.Name.Length);
        foreach (var model in models)
        {
            var commands = model.Commands.Where(command => !command.IsTrigger).Select(command => command.Name);
            output.Write(new((Piece)model.Name.PadRight(width + 2), new Piece(string.Join(", ", commands), Tone.Soft)));
        }
    }
}
