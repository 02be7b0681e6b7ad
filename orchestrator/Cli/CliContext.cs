using IotMqtt.Orchestrator.Terminal.Text;
using Spectre.Console;

namespace IotMqtt.Orchestrator.Cli;

/// <summary>What a command has around it; a test has its own.</summary>
internal sealed record CliContext
{
    /// <summary>Standard output.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard output as a terminal; null: it is none.</summary>
    public Func<IAnsiConsole>? OutputTerminal { get; init; }

    /// <summary>Standard error as a terminal; null: it is none.</summary>
    public Func<IAnsiConsole>? ErrorTerminal { get; init; }

    /// <summary>Looks up an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The names of all environment variables.</summary>
    public IReadOnlyCollection<string> Variables { get; init; } = [];

    /// <summary>Where relative paths begin. Only for what has no other way to find it: files are opened by the path that the user wrote.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Somebody who presses Ctrl-C.</summary>
    public IInterrupts Interrupts { get; init; } = SignalInterrupts.Instance;

    /// <summary>Whether colours and moving pictures are wanted: not where <c>NO_COLOR</c> is set, nor on a terminal that has none.</summary>
    public bool WantsColour => string.IsNullOrEmpty(Environment("NO_COLOR")) && Environment("TERM") != "dumb";

    /// <summary>Standard output for lines.</summary>
    public ITextOutput Lines(bool plain) =>
        OutputTerminal is { } terminal && !plain && WantsColour ? new ColourOutput(terminal()) : new PlainOutput(Output);

    /// <summary>Standard error for lines.</summary>
    public ITextOutput ErrorLines(bool plain) =>
        ErrorTerminal is { } terminal && !plain && WantsColour ? new ColourOutput(terminal()) : new PlainOutput(Error);

    /// <summary>That of this process.</summary>
    public static CliContext OfProcess() => new()
    {
        Output = Console.Out,
        Variables = [.. System.Environment.GetEnvironmentVariables().Keys.Cast<string>()],
        Error = Console.Error,
        OutputTerminal = Console.IsOutputRedirected ? null : () => AnsiConsole.Console,
        ErrorTerminal = Console.IsErrorRedirected
            ? null
            : () => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }),
    };
}
