using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;

namespace IotMqtt.Engine.Running.Scopes;

/// <summary>Keeps what <c>steps.x</c> stands for, for the nodes that have an id.</summary>
internal static class StepRecords
{
    /// <summary>A node has ended.</summary>
    public static void Keep(Frame frame, Node node, in Outcome outcome)
    {
        if (node.Id is { } id)
        {
            frame.Scope.SetStep(id, StepResult.Of(outcome.Status, outcome.Result, outcome.IsSuccess ? null : outcome.Own ?? outcome.Errors?.First));
        }

        if (outcome.Status == StepStatus.Skipped)
        {
            Skip(frame.Scope, node);
        }
    }

    /// <summary>A node, and all within it, will not be started.</summary>
    public static void Skip(ProgramScope scope, Node node)
    {
        if (scope.Program.StepIds.Count == 0)
        {
            return;
        }

        foreach (var inner in NodeTree.All(node))
        {
            if (inner.Id is { } id && !scope.HasStep(id))
            {
                scope.SetStep(id, StepResult.Skipped);
            }
        }
    }
}
