using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>until: condition</c>.</summary>
internal sealed class UntilKind() : LoopKind("until", Shape.Condition, "The same steps until a condition holds, asked after each round.")
{
    protected override RepeatNode? End(YamlNode value, RepeatNode loop, DiagnosticBag diagnostics) =>
        ValueReader.Condition(value, Name, diagnostics) is { } condition ? loop with { Until = condition } : null;
}
