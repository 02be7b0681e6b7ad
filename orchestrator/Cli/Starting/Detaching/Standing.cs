using System.Text.Json.Serialization;

namespace IotMqtt.Orchestrator.Cli.Starting.Detaching;

/// <summary>What a detached <c>up</c> says of itself.</summary>
/// <param name="Process">Its process.</param>
/// <param name="Broker">Where its broker is.</param>
/// <param name="WebSocket">Where that takes WebSockets; null: nowhere.</param>
/// <param name="Fleet">The fleet that it hosts; null: none.</param>
/// <param name="Devices">How many devices are online.</param>
/// <param name="Log">Where it logs.</param>
internal sealed record Standing(int Process, string Broker, string? WebSocket, string? Fleet, int Devices, string Log);

/// <summary>How it is said.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Standing))]
internal sealed partial class StandingJson : JsonSerializerContext;
