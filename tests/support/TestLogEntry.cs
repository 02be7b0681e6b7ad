using Microsoft.Extensions.Logging;

namespace IotMqtt.Testing;

/// <summary>One line of a <see cref="TestLog"/>.</summary>
public sealed record TestLogEntry(LogLevel Level, int EventId, string Category, string Message, Exception? Exception);
