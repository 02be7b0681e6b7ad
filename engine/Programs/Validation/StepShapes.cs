using IotMqtt.Models.Expressions.Checking;

namespace IotMqtt.Engine.Programs.Validation;

/// <summary>What expressions may read of steps and errors.</summary>
internal static class StepShapes
{
    /// <summary><c>steps.x</c>.</summary>
    public static Shape Step { get; } = Shape.Of(
        new Dictionary<string, Shape>(StringComparer.Ordinal)
        {
            ["status"] = Shape.Any,
            ["result"] = Shape.Any,
            ["error"] = Shape.Of(["code", "message"], "the error of a step"),
        },
        "a step");

    /// <summary><c>error</c> in a <c>catch</c>.</summary>
    public static Shape Error { get; } = Shape.Of(["status", "code", "message", "path", "device", "command"], "error");
}
