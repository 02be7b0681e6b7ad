using Microsoft.Extensions.Logging.Abstractions;

namespace IotMqtt.Broker.Listening;

/// <summary>Passes Kestrel's own logs on. The rest of its host speaks of web applications and content roots, which there are none of here.</summary>
internal sealed class KestrelLogs(ILoggerFactory loggers) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal)
            ? loggers.CreateLogger(categoryName)
            : NullLogger.Instance;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }
}
