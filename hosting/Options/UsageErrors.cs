using System.CommandLine;
using System.CommandLine.Parsing;

namespace IotMqtt.Hosting.Options;

/// <summary>What is wrong with a command line, and what was meant.</summary>
public static class UsageErrors
{
    /// <summary>Says it, an error each.</summary>
    /// <param name="parsed">The command line.</param>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        var command = parsed.CommandResult.Command;
        var isRoot = command == parsed.RootCommandResult.Command;
        var strangers = parsed.UnmatchedTokens.Where(token => token.StartsWith('-')).Concat(AmongArguments(parsed)).Select(token => token.Split('=')[0]).Distinct(StringComparer.Ordinal).ToList();
        var known = OptionsFor(parsed).ToHashSet(StringComparer.Ordinal);

        // The parser takes what follows as the value, whatever it is.
        var empty = parsed.CommandResult.Children.Concat(parsed.RootCommandResult.Children).OfType<OptionResult>().Distinct()
            .Where(result => !result.Implicit && result.Option.Arity.MinimumNumberOfValues > 0)
            .Where(result => result.Tokens.Count == 0 || result.Tokens.Any(token => known.Contains(token.Value)))
            .Select(result => $"{result.Option.Name} needs a value: {result.Option.HelpName}").ToList();
        if (strangers.Count == 0 && empty.Count == 0 && isRoot && command.Subcommands.Count > 0 && parsed.UnmatchedTokens is [var word, ..])
        {
            return [$"'{word}' is no command{Meant(word, command.Subcommands.Select(each => each.Name))}"];
        }

        List<string> errors = [.. strangers.Select(stranger => $"'{stranger}' is no option of {command.Name}{Meant(stranger, known)}"), .. empty];

        // What a stranger of an option leaves behind is no error of its own.
        return errors.Count > 0 ? errors : [.. parsed.Errors.Select(error => error.Message.TrimEnd('.')).Distinct()];
    }

    /// <summary>Whether a word is the name of an option that could stand there, and so no value.</summary>
    internal static bool IsOption(ParseResult parsed, string word) =>
        word.StartsWith("--", StringComparison.Ordinal) && OptionsFor(parsed).Contains(word, StringComparer.Ordinal);

    /// <summary>An option that is not known is an argument to the parser, where a command takes many.</summary>
    private static IEnumerable<string> AmongArguments(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(word => word.Length > 2 && word.StartsWith("--", StringComparison.Ordinal));

    private static IEnumerable<string> OptionsFor(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)).Select(option => option.Name);

    private static string Meant(string word, IEnumerable<string> known) => Nearest.To(word, known) is { } meant ? $"; did you mean {meant}?" : "";
}
