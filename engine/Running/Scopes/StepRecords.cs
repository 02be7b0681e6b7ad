using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;

namespace IotMqtt.Engine.Running.Scopes;

/// <summary>Keeps what <c>steps.x</c> stands for, for the nodes that have an id.</summary>
internal static class StepRecords
{
    /// <summary>A node has ended: what has not been started in it by now never will.</summary>
    public static void Keep(Frame frame, Node node, in Outcome outcome)
    {
        if (node.Id is { } id)
        {
            frame.Scope.SetStep(id, frame.HasBegun
                ? StepResult.Of(outcome.Status, outcome.Result, outcome.IsSuccess ? null : outcome.Own ?? outcome.Errors?.First)
                : StepResult.Skipped);
        }

        Skip(frame.Scope, node);
    }

    /// <summary>A node, and all within it, will not be started.</summary>
    public static void Skip(ProgramScope scope, Node node)
    {
        foreach (var id in scope.Program.Ids.Within(node))
        {
            if (!scope.HasStep(id))
            {
                scope.SetStep(id, StepResult.Skipped);
            }
        }
    }
}
