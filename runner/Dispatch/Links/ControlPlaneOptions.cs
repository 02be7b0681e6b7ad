using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Runner.Dispatch.Links;

/// <summary>Where the control plane is, and over how many connections.</summary>
internal sealed record ControlPlaneOptions
{
    public required BrokerUrl Broker { get; init; }

    public RootTopic Root { get; init; } = RootTopic.Default;

    public TlsOptions Tls { get; init; } = new();

    /// <summary>Devices are spread over them by a stable hash.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>How long a broker that does not answer is tried. One on this machine that refuses is not: nobody starts it meanwhile.</summary>
    public TimeSpan ConnectPatience { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);
}
