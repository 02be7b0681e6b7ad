using System.Globalization;
using IotMqtt.Hosting.Logging;
using IotMqtt.Orchestrator.Terminal.Text;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Orchestrator.Cli.Logging;

/// <summary>Logs to standard error, a line each: all that a command line needs, and nothing that has to be started.</summary>
internal sealed class LineLoggerFactory(ITextOutput output, LogOptions options, TimeProvider time) : ILoggerFactory
{
    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("It writes lines, and nothing else.");

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private TextLine Line(LogLevel at, string message, Exception? exception)
    {
        var (word, tone) = at switch
        {
            LogLevel.Trace or LogLevel.Debug => ("debug", Tone.Soft),
            LogLevel.Information => ("info", Tone.Soft),
            LogLevel.Warning => ("warning", Tone.Refused),
            _ => ("error", Tone.Bad),
        };
        var now = time.GetLocalNow().ToString(ProgramLogging.TimeFormat, CultureInfo.InvariantCulture);
        return new(new Piece($"{now} ", Tone.Soft), new($"{word}: ", tone), message, exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})");
    }

    private sealed class LineLogger(LineLoggerFactory factory, string category) : ILogger
    {
        // As in the programs that serve: what the web server has to say below a warning is nobody's business.
        private readonly LogLevel _from = category.StartsWith("Microsoft.", StringComparison.Ordinal) && factory.Options.Level < LogLevel.Warning
            ? LogLevel.Warning
            : factory.Options.Level;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= _from && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            var message = formatter(state, exception);
            var line = factory.Options.IsJson
                ? new TextLine((Piece)JsonLogLine.Write(factory.Now, category, logLevel, eventId, message, exception))
                : factory.Line(logLevel, message, exception);
            lock (factory._lock)
            {
                factory.Output.Write(line);
            }
        }
    }

    private LogOptions Options { get; } = options;

    private ITextOutput Output { get; } = output;

    private DateTimeOffset Now => time.GetUtcNow();
}
