using System.CommandLine;
using IotMqtt.Orchestrator.Cli.Schemas;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli.Initialising;

/// <summary><c>iotmqtt init [DIR]</c>: a first model, fleet and program that run.</summary>
internal static class InitCommand
{
    private static readonly (string Path, string Kind)[] Files =
        [("models/door-lock.yaml", "model"), ("fleets/home.yaml", "fleet"), ("programs/good-night.yaml", "program")];

    private static readonly string[] Schemas = [.. SchemaFiles.Kinds.Select(kind => $"schemas/{SchemaFiles.NameOf(kind)}")];

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
        var taken = Files.Select(file => file.Path).Concat(Schemas).Where(file => Path.Exists(Path.Combine(folder, file))).ToList();
        if (taken.Count > 0)
        {
            throw new CliException(ExitCodes.InvalidInput, [.. taken.Select(file => $"{Path.Combine(folder, file)} is there already; nothing is overwritten")]);
        }

        try
        {
            foreach (var (file, kind) in Files)
            {
                Write(folder, file, SchemaFiles.Line(kind, "../schemas") + "\n" + Text(file), output);
            }

            foreach (var (file, kind) in Schemas.Zip(SchemaFiles.Kinds))
            {
                Write(folder, file, SchemaFiles.Of(kind), output);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.InvalidInput, $"{folder} cannot be written to: {exception.Message.TrimEnd('.')}");
        }

        output.Write(TextLine.Empty);
        output.Write(new(new Piece("next:  ", Tone.Soft), new($"iotmqtt run {Quoted(Path.Combine(folder, Files[^1].Path))}", Tone.Strong)));
    }

    private static void Write(string folder, string file, string text, ITextOutput output)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var target = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write));
        target.Write(text);
        output.Write(new(new Piece("wrote ", Tone.Soft), path));
    }

    private static string Text(string file)
    {
        using var source = typeof(InitCommand).Assembly.GetManifestResourceStream($"Cli/Initialising/{Path.GetFileName(file)}")
            ?? throw new InvalidOperationException($"the assembly has no '{file}'");
        return new StreamReader(source).ReadToEnd();
    }

    /// <summary>As it has to be typed: in quotes where there is a space in it.</summary>
    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
