using System.Collections.Immutable;

namespace IotMqtt.Engine.Programs;

/// <summary>Takes an act back.</summary>
/// <param name="Do">The command that does it, its arguments captured before the act.</param>
/// <param name="After">After which outcomes of the act.</param>
public sealed record UndoAction(DoNode Do, ImmutableArray<StepStatus> After)
{
    /// <summary>The outcomes after which an act is taken back unless it says otherwise: those with which it may have had an effect.</summary>
    public static ImmutableArray<StepStatus> AfterByDefault { get; } = [StepStatus.Succeeded, StepStatus.Failed, StepStatus.Unknown];
}
