using IotMqtt.Models.Behaviour;

namespace IotMqtt.Engine.Tests.Running.Scripted;

/// <summary>A command in a scripted device: its entry in the ledger.</summary>
internal sealed class ScriptedCommand
{
    public required UInt128 Id { get; init; }

    public required string Name { get; init; }

    public required CommandScript Script { get; init; }

    public CommandStatus Status { get; set; } = CommandStatus.Accepted;

    public TimeSpan? Accepted { get; set; }

    public TimeSpan? Started { get; set; }

    public TimeSpan? Done { get; set; }

    public string? Error { get; set; }

    public bool IsTombstone { get; init; }

    public bool HasEnded => Status is not (CommandStatus.Accepted or CommandStatus.Running);
}
