using System.Globalization;
using IotMqtt.Orchestrator.Terminal.Text;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Orchestrator.Cli.Logging;

/// <summary>Logs to standard error, a line each: all that a command line needs, and nothing that has to be started.</summary>
internal sealed class LineLoggerFactory(ITextOutput output, LogLevel level, TimeProvider time) : ILoggerFactory
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(this);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("It writes lines, and nothing else.");

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Write(LogLevel at, string message, Exception? exception)
    {
        var (word, tone) = at switch
        {
            LogLevel.Trace or LogLevel.Debug => ("debug", Tone.Soft),
            LogLevel.Information => ("info", Tone.Soft),
            LogLevel.Warning => ("warning", Tone.Refused),
            _ => ("error", Tone.Bad),
        };
        var now = time.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            output.Write(new(new Piece($"{now} ", Tone.Soft), new($"{word}: ", tone), message, exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})"));
        }
    }

    private sealed class LineLogger(LineLoggerFactory factory) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= factory.Level && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                factory.Write(logLevel, formatter(state, exception), exception);
            }
        }
    }

    private LogLevel Level { get; } = level;
}
