using System.CommandLine;

namespace IotMqtt.Hosting.Options;

/// <summary>A command line of a program that has been read.</summary>
/// <typeparam name="T">The record that its options make up.</typeparam>
public sealed class ProgramReading<T>
    where T : class
{
    private readonly Func<T, (T Options, IReadOnlyList<string> Errors)> _read;

    internal ProgramReading(ParseResult parsed, OptionSource source, bool isHealth, Func<T, (T Options, IReadOnlyList<string> Errors)> read) =>
        (Parsed, Source, IsHealth, _read) = (parsed, source, isHealth, read);

    /// <summary>The command line.</summary>
    public ParseResult Parsed { get; }

    /// <summary>Where options that are no part of the record are read.</summary>
    public OptionSource Source { get; }

    /// <summary>Whether it asks how a program is that runs.</summary>
    public bool IsHealth { get; }

    /// <summary>The options, and everything that is wrong with them.</summary>
    /// <param name="initial">What holds where nothing is said.</param>
    public (T Options, IReadOnlyList<string> Errors) Options(T initial) => _read(initial);

    /// <summary>Answers <c>--help</c> and <c>--version</c>.</summary>
    /// <returns>Whether it was one of them.</returns>
    public async Task<bool> AnswersAsync(TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (Parsed.Errors.Count > 0 || Parsed.Action is null || Parsed.Action == Parsed.CommandResult.Command.Action)
        {
            return false;
        }

        await Parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, cancellationToken);
        return true;
    }
}
