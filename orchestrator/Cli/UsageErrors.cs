using System.CommandLine;
using IotMqtt.Models.Reading;
using IotMqtt.Orchestrator.Terminal.Text;

namespace IotMqtt.Orchestrator.Cli;

/// <summary>Says what is wrong with a command line, and what was meant.</summary>
internal static class UsageErrors
{
    public static void Print(ParseResult parsed, ITextOutput output)
    {
        var command = parsed.CommandResult.Command;
        var strangers = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).ToHashSet(StringComparer.Ordinal);
        if (strangers.Count == 0 && command.Name == CliProgram.Name && parsed.UnmatchedTokens is [var word, ..])
        {
            Say($"'{word}' is no command{Meant(word, command.Subcommands.Select(each => each.Name))}");
        }
        else
        {
            foreach (var stranger in strangers)
            {
                Say($"'{stranger}' is no option of {command.Name}{Meant(stranger, command.Options.Select(each => each.Name))}");
            }

            // What a stranger of an option leaves behind is no error of its own.
            foreach (var error in strangers.Count > 0 ? [] : parsed.Errors.Select(error => error.Message).Distinct())
            {
                Say(error.TrimEnd('.'));
            }
        }

        var name = command.Name == CliProgram.Name ? command.Name : $"{CliProgram.Name} {command.Name}";
        output.Write(new(new Piece($"see {name} --help", Tone.Soft)));

        void Say(string error) => output.Write(new(new("error: ", Tone.Bad), error));
    }

    private static string Meant(string word, IEnumerable<string> known) => Suggest.Closest(word, known) is { } meant ? $"; did you mean {meant}?" : "";
}
