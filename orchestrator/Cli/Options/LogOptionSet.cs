using System.CommandLine;
using IotMqtt.Hosting.Logging;
using IotMqtt.Hosting.Options;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Orchestrator.Cli.Options;

/// <summary>What is logged to standard error, and how: the options of every command that logs.</summary>
internal sealed class LogOptionSet
{
    private readonly Option<string?> _level = new("--log-level")
    {
        HelpName = "LEVEL",
        Description = "What is logged to standard error: debug, information, warning, error, none [warning]",
    };

    private readonly Option<string?> _format = new("--log-format") { HelpName = "text|json", Description = "Lines for people, or a JSON document a line [text]" };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        _level.CompletionSources.Add("debug", "information", "warning", "error", "none");
        _format.CompletionSources.Add("text", "json");
        command.Options.Add(_level);
        command.Options.Add(_format);
    }

    /// <summary>What they say: warnings and errors as lines, where they say nothing.</summary>
    public LogOptions Read(OptionSource source) => new(
        source.Read(_level, LogOptions.ExpectedLevel, LogOptions.LevelOf) ?? LogLevel.Warning,
        source.Read(_format, LogOptions.ExpectedFormat, LogOptions.IsJsonOf) ?? false);
}
