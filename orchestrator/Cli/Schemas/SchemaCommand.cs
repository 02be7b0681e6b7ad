using System.CommandLine;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Schemas;

/// <summary><c>iotmqtt schema [KIND] [--write DIR]</c>: the JSON Schemas that editors check files with, of this version.</summary>
internal static class SchemaCommand
{
    public static Command Create(CliCommands commands)
    {
        var kind = new Argument<string?>("KIND") { Arity = ArgumentArity.ZeroOrOne, Description = "program, fleet or model [all, with --write]" };
        kind.CompletionSources.Add(SchemaFiles.Kinds);
        var write = new Option<string?>("--write") { HelpName = "DIR", Description = "Write them into this folder, and say how files name them" };
        var command = new Command("schema", "Print the JSON Schema of programs, fleets or models, or write all of them");
        command.Arguments.Add(kind);
        command.Options.Add(write);
        commands.SetAction(command, (parsed, _, context, _) =>
        {
            var wanted = parsed.GetValue(kind);
            var folder = parsed.GetValue(write);
            if (wanted is not null && !SchemaFiles.Kinds.Contains(wanted, StringComparer.Ordinal))
            {
                throw new CliException(ExitCodes.InvalidInput, $"there is no schema of '{wanted}'; there is: {string.Join(", ", SchemaFiles.Kinds)}");
            }

            if (folder is not null)
            {
                Write(folder, wanted is null ? SchemaFiles.Kinds : [wanted], context.Lines(plain: false));
            }
            else if (wanted is not null)
            {
                context.Output.Write(SchemaFiles.Of(wanted));
            }
            else
            {
                throw new CliException(ExitCodes.InvalidInput, "say which: iotmqtt schema program, fleet or model; or all of them into a folder, with --write DIR");
            }

            return Task.FromResult(ExitCodes.Succeeded);
        });
        return command;
    }

    private static void Write(string folder, IReadOnlyList<string> kinds, ITextOutput output)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var kind in kinds)
            {
                var path = Path.Combine(folder, SchemaFiles.NameOf(kind));
                File.WriteAllText(path, SchemaFiles.Of(kind));
                output.Write(new(new Piece("wrote ", Tone.Soft), path));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.InvalidInput, $"{folder} cannot be written to: {exception.Message.TrimEnd('.')}");
        }

        output.Write(TextLine.Empty);
        output.Write(new(new Piece("next, as the first line of a file (the path is relative to it):", Tone.Soft)));
        foreach (var kind in kinds)
        {
            output.Write(new((Piece)$"  {SchemaFiles.Line(kind, folder)}"));
        }
    }
}
