using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>while: condition</c>.</summary>
internal sealed class WhileKind() : LoopKind("while", Shape.Condition, "The same steps as long as a condition holds, asked before each round.")
{
    protected override RepeatNode? End(YamlNode value, RepeatNode loop, DiagnosticBag diagnostics) =>
        ValueReader.Condition(value, Name, diagnostics) is { } condition ? loop with { While = condition } : null;
}
