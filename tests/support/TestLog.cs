using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace IotMqtt.Testing;

/// <summary>Keeps what is logged. Disposing it fails the test if an error was logged that the test did not expect.</summary>
public sealed class TestLog : ILoggerFactory
{
    private readonly ConcurrentQueue<TestLogEntry> _entries = new();
    private readonly ConcurrentDictionary<int, bool> _expected = new();

    /// <summary>What was logged, at every level, in order.</summary>
    public IReadOnlyCollection<TestLogEntry> Entries => _entries;

    /// <summary>Errors with this event id are part of the test.</summary>
    public TestLog Expect(int eventId)
    {
        _expected[eventId] = true;
        return this;
    }

    /// <summary>Whether something with this event id was logged.</summary>
    public bool Has(int eventId) => _entries.Any(entry => entry.EventId == eventId);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("A test log has no providers.");

    /// <inheritdoc/>
    public void Dispose() =>
        Assert.DoesNotContain(_entries, entry => entry.Level >= LogLevel.Error && !_expected.ContainsKey(entry.EventId));

    private sealed class Logger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._entries.Enqueue(new TestLogEntry(logLevel, eventId.Id, category, formatter(state, exception), exception));
    }
}
