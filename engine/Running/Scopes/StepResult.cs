using IotMqtt.Engine.Programs;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Scopes;

/// <summary>What <c>steps.x</c> stands for: <c>status</c>, <c>result</c>, and <c>error</c> or null.</summary>
internal static class StepResult
{
    public static Value Pending { get; } = Of(StepStatus.Pending, Value.Null, null);

    public static Value Skipped { get; } = Of(StepStatus.Skipped, Value.Null, null);

    public static Value Of(StepStatus status, Value result, RunError? error) => Value.Of(ValueMap.Of(
        ("status", Value.Of(status.Text())),
        ("result", result),
        ("error", error is null ? Value.Null : Value.Of(ValueMap.Of(("code", Value.Of(error.Code)), ("message", Value.Of(error.Message)))))));

    /// <summary>What <c>error</c> stands for in a <c>catch</c>.</summary>
    public static Value OfError(RunError error) => Value.Of(ValueMap.Of(
        ("status", Value.Of(error.Status.Text())),
        ("code", Value.Of(error.Code)),
        ("message", Value.Of(error.Message)),
        ("path", Value.Of(error.Path)),
        ("device", Value.Of(error.Device)),
        ("command", Value.Of(error.Command))));
}
