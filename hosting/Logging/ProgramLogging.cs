using Microsoft.Extensions.Logging;

namespace IotMqtt.Hosting.Logging;

/// <summary>How a program that serves logs to standard output.</summary>
public static class ProgramLogging
{
    /// <summary>Date, time and distance from UTC: a log is read days later, and elsewhere.</summary>
    public const string TimeFormat = "yyyy-MM-dd HH:mm:ss.fffzzz";

    /// <summary>Sets up the console.</summary>
    /// <param name="logging">Where to.</param>
    /// <param name="options">What, and how.</param>
    public static ILoggingBuilder AddProgramConsole(this ILoggingBuilder logging, LogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        logging.SetMinimumLevel(options.Level).AddFilter("Microsoft", LogLevel.Warning);
        return options.IsJson
            ? logging.AddJsonConsole(console => (console.UseUtcTimestamp, console.TimestampFormat) = (true, JsonLogLine.TimeFormat))
            : logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, TimeFormat + " "));
    }
}
