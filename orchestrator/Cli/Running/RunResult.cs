using IotMqtt.Engine.Running;
using IotMqtt.Runner.Registry;

namespace IotMqtt.Orchestrator.Cli.Running;

/// <summary>How a run ended, wherever it ran.</summary>
internal sealed record RunResult(string Run, DateTimeOffset? BeganAt, ulong Seed, Registration Registration, Verdict Verdict);
