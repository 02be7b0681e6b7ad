using IotMqtt.Hosting.Logging;

namespace IotMqtt.Broker.Hosting;

/// <summary>What the program was asked to do: the broker's options and its own.</summary>
internal sealed record ProgramOptions
{
    public BrokerOptions Broker { get; init; } = new();

    public TlsOptions Tls { get; init; } = new();

    public LogOptions Log { get; init; } = new(LogLevel.Information);

    /// <summary>The options to start with: TLS is on where anything is said of it.</summary>
    public BrokerOptions Effective => Tls == new TlsOptions() ? Broker : Broker with { Tls = Tls };
}
