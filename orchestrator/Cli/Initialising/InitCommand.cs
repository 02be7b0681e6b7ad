using System.CommandLine;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Initialising;

/// <summary><c>iotmqtt init [DIR]</c>: a first model, fleet and program that run.</summary>
internal static class InitCommand
{
    private static readonly string[] Files = ["models/door-lock.yaml", "fleets/home.yaml", "programs/good-night.yaml"];

    public static Command Create(CliCommands commands)
    {
        var folder = new Argument<string>("DIR") { Arity = ArgumentArity.ZeroOrOne, Description = "Where to; it is made if it is not there [.]" };
        var command = new Command("init", "Write a first model, fleet and program that run; nothing is overwritten");
        command.Arguments.Add(folder);
        commands.SetAction(command, (parsed, _, context, _) =>
        {
            Write(parsed.GetValue(folder) ?? ".", context.Lines(plain: false));
            return Task.FromResult(ExitCodes.Succeeded);
        });
        return command;
    }

    private static void Write(string folder, ITextOutput output)
    {
        var taken = Files.Where(file => Path.Exists(Path.Combine(folder, file))).ToList();
        if (taken.Count > 0)
        {
            throw new CliException(ExitCodes.InvalidInput, [.. taken.Select(file => $"{Path.Combine(folder, file)} is there already; nothing is overwritten")]);
        }

        try
        {
            foreach (var file in Files)
            {
                var path = Path.Combine(folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                using var source = typeof(InitCommand).Assembly.GetManifestResourceStream($"Cli/Initialising/{Path.GetFileName(file)}")
                    ?? throw new InvalidOperationException($"the assembly has no '{file}'");
                source.CopyTo(target);
                output.Write(new(new Piece("wrote ", Tone.Soft), path));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.InvalidInput, $"{folder} cannot be written to: {exception.Message.TrimEnd('.')}");
        }

        output.Write(TextLine.Empty);
        output.Write(new(new Piece("next:  ", Tone.Soft), new($"iotmqtt run {Quoted(Path.Combine(folder, Files[^1]))}", Tone.Strong)));
    }

    /// <summary>As it has to be typed: in quotes where there is a space in it.</summary>
    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
