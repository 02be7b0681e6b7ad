using IotMqtt.Hosting.Options;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Hosting.Logging;

/// <summary>What a program logs, and how.</summary>
/// <param name="Level">From which level on.</param>
/// <param name="IsJson">Whether each entry is a JSON document, one a line; else a line for people.</param>
public sealed record LogOptions(LogLevel Level, bool IsJson = false)
{
    /// <summary>How levels are written.</summary>
    public const string ExpectedLevel = "trace, debug, information, warning, error or none";

    /// <summary>How formats are written.</summary>
    public const string ExpectedFormat = "text or json";

    /// <summary>The options <c>--log-level</c> and <c>--log-format</c> of a program.</summary>
    /// <typeparam name="T">The record of all its options.</typeparam>
    /// <param name="get">These options of it.</param>
    /// <param name="set">It with others.</param>
    public static IEnumerable<Setting<T>> Settings<T>(Func<T, LogOptions> get, Func<T, LogOptions, T> set)
        where T : class =>
    [
        new("log-level", ExpectedLevel, "what is logged [information]", (options, text) =>
            LevelOf(text) is { } level ? set(options, get(options) with { Level = level }) : null) { ValueName = "LEVEL" },
        new("log-format", ExpectedFormat, "lines for people, or a JSON document a line [text]", (options, text) =>
            IsJsonOf(text) is { } isJson ? set(options, get(options) with { IsJson = isJson }) : null) { ValueName = "text|json" },
    ];

    /// <summary>The level of that name; null: there is none.</summary>
    public static LogLevel? LevelOf(string text) => text.ToLowerInvariant() switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "information" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "none" => LogLevel.None,
        _ => null,
    };

    /// <summary>Whether the format of that name is JSON; null: there is none.</summary>
    public static bool? IsJsonOf(string text) => text switch { "text" => false, "json" => true, _ => null };
}
