using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>repeat: 3</c>.</summary>
internal sealed class RepeatKind() : LoopKind("repeat", Shape.Ref("times"), "The same steps so many times; the round (from 1) is called round.")
{
    protected override RepeatNode? End(YamlNode value, RepeatNode loop, DiagnosticBag diagnostics) =>
        ValueReader.IsComputed(value)
            ? ValueTemplate.Parse(value, diagnostics) is { } computed ? loop with { Times = computed } : null
            : ValueReader.Count(value, Name, 0, diagnostics) is { } times
                ? loop with { Times = new ValueTemplate.Constant(Value.Of(times)) }
                : null;
}
