using IotMqtt.Hosting.Logging;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Reports.Targets;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>What <c>run</c> is asked to do.</summary>
internal sealed record RunRequest
{
    public required string Program { get; init; }

    public string? Fleet { get; init; }

    public BrokerUrl? Broker { get; init; }

    public TlsOptions Tls { get; init; } = new();

    public RootTopic Root { get; init; } = RootTopic.Default;

    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether what is retained of the fleet stays on the broker.</summary>
    public bool Leaves { get; init; }

    public TimeSpan? MaxLag { get; init; }

    public TimeSpan? StepTimeout { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    public ulong? Seed { get; init; }

    public bool IsJson { get; init; }

    public IReadOnlyList<ReportTarget> Reports { get; init; } = [];

    public bool IsDryRun { get; init; }

    public bool Watches { get; init; }

    public bool IsPlain { get; init; }

    /// <summary>Whether the devices are those of a broker, and not a fleet's.</summary>
    public bool DevicesAreThere => this is { Broker: not null, IsDryRun: false };

    public LogOptions Log { get; init; } = new(LogLevel.Warning);
}
