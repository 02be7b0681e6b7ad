using IotMqtt.Hosting.Logging;
using IotMqtt.Models.Fleets;
using IotMqtt.Runner.Running;

namespace IotMqtt.Orchestrator.Cli.Starting;

/// <summary>What <c>up</c> is asked to start.</summary>
internal sealed record UpRequest
{
    public string? FleetFile { get; init; }

    public FleetDefinition? Fleet { get; init; }

    public required ProgramRunnerOptions Options { get; init; }

    public int Port { get; init; }

    public int? WebSocketPort { get; init; }

    public bool IsPlain { get; init; }

    public required LogOptions Log { get; init; }

    /// <summary>What it is called where it is detached.</summary>
    public required string Name { get; init; }

    /// <summary>Where all that it says goes, as a process that nobody sees; null: it is seen.</summary>
    public string? LogFile { get; init; }
}
