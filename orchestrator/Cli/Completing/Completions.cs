using System.CommandLine;
using System.Globalization;

namespace IotMqtt.Orchestrator.Cli.Completing;

/// <summary>
/// What may stand at a place of a command line: <c>iotmqtt [suggest:12] "iotmqtt run --"</c>, which is the convention of <c>dotnet-suggest</c> and what
/// the scripts of <see cref="CompletionCommand"/> ask. System.CommandLine answers it for a RootCommand alone, which is called after its assembly.
/// </summary>
internal static class Completions
{
    private const string Directive = "[suggest";

    /// <summary>Whether a command line asks for it.</summary>
    public static bool IsAsked(IReadOnlyList<string> arguments) =>
        arguments is [var first, ..] && first.StartsWith(Directive, StringComparison.Ordinal) && first.EndsWith(']');

    /// <summary>Answers, a word a line.</summary>
    public static void Answer(Command root, IReadOnlyList<string> arguments, TextWriter output)
    {
        var line = arguments.Count > 1 ? arguments[^1] : "";
        var at = int.TryParse(arguments[0].AsSpan(Directive.Length).Trim(":]"), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? Math.Min(position, line.Length)
            : line.Length;

        // What stands behind the cursor says nothing about what is meant at it; and the program's own name is none of its words.
        line = line[..at];
        var name = line.IndexOf(' ', StringComparison.Ordinal);
        if (name >= 0 && line.AsSpan(0, name).TrimEnd(".exe").EndsWith(root.Name, StringComparison.Ordinal))
        {
            line = line[(name + 1)..];
        }

        foreach (var word in root.Parse(line).GetCompletions(line.Length).Select(each => each.InsertText ?? each.Label).Distinct(StringComparer.Ordinal))
        {
            output.WriteLine(word);
        }
    }
}
