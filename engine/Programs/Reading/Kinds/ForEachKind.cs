using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>for-each: [ … ]</c>.</summary>
internal sealed class ForEachKind() : LoopKind("for-each", Shape.Ref("items"), "The same steps for each item of a list, one after the other; the item is called item.")
{
    protected override RepeatNode? End(YamlNode value, RepeatNode loop, DiagnosticBag diagnostics)
    {
        if (value is not YamlList && !ValueReader.IsComputed(value))
        {
            diagnostics.Error(value.At, $"for-each must be a list, but is {value.Describe()}", "write [a, b], or an expression in \"${…}\"");
            return null;
        }

        return ValueTemplate.Parse(value, diagnostics) is { } items ? loop with { ForEach = items } : null;
    }
}
