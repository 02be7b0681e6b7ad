using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Broker.Tests.Support;

/// <summary>Keeps what was logged. Errors are not expected of a broker whatever its clients do: see <see cref="BrokerTest"/>.</summary>
internal sealed class LogCapture : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IEnumerable<string> Errors => _lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text);

    public bool Has(string text) => _lines.Any(line => line.Text.Contains(text, StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, $"{eventId.Id} {formatter(state, exception)} {exception}"));

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
