using System.Collections.Immutable;
using System.Text;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions.Syntax;

/// <summary>Finds the <c>${…}</c> in the texts of a value.</summary>
internal static class TemplateParser
{
    private const string Opening = "${";

    public static ValueTemplate? Parse(YamlNode node, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case YamlList list:
                return List([.. list.Items.Select(item => Parse(item, diagnostics))]);
            case YamlMap map:
                return Map([.. map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, Parse(entry.Value, diagnostics)))]);
            case YamlScalar scalar when scalar.Text.Contains(Opening, StringComparison.Ordinal):
                return ParseText(scalar.Text, scalar.At, scalar.PositionOf, diagnostics);
            default:
                return NodeReader.Value(node, diagnostics) is { } value ? new ValueTemplate.Constant(value) : null;
        }
    }

    public static ValueTemplate? ParseText(string text, SourcePosition at, Func<int, SourcePosition> place, DiagnosticBag diagnostics)
    {
        var parts = ImmutableArray.CreateBuilder<TextPart>();
        var literal = new StringBuilder();
        var complete = true;
        for (var from = 0; from < text.Length;)
        {
            var open = text.IndexOf(Opening, from, StringComparison.Ordinal);
            if (open < 0)
            {
                literal.Append(text, from, text.Length - from);
                break;
            }

            if (open > from && text[open - 1] == '$')
            {
                literal.Append(text, from, open - 1 - from).Append(Opening);
                from = open + Opening.Length;
                continue;
            }

            literal.Append(text, from, open - from);
            var start = open + Opening.Length;
            var close = ExpressionEnd.Find(text, start);
            if (close < 0)
            {
                diagnostics.Error(place(open), "this ${ is not closed", "write } after the expression, or $${ for the text ${");
                return null;
            }

            if (literal.Length > 0)
            {
                parts.Add(new(literal.ToString(), null));
                literal.Clear();
            }

            var expression = ExpressionParser.Parse(text[start..close], place(start), offset => place(start + offset), diagnostics);
            complete &= expression is not null;
            parts.Add(new(null, expression));
            from = close + 1;
        }

        if (!complete)
        {
            return null;
        }

        if (literal.Length > 0)
        {
            parts.Add(new(literal.ToString(), null));
        }

        return parts switch
        {
            [{ Expression: { } lone }] => new ValueTemplate.Computed(lone),
            [{ Literal: { } constant }] => new ValueTemplate.Constant(Value.Of(constant)),
            [] => new ValueTemplate.Constant(Value.Of("")),
            _ => new ValueTemplate.Text(at, parts.ToImmutable()),
        };
    }

    private static ValueTemplate? List(ImmutableArray<ValueTemplate?> items)
    {
        if (items.Contains(null))
        {
            return null;
        }

        return items.All(item => item!.IsConstant)
            ? new ValueTemplate.Constant(Value.Of([.. items.Select(item => ((ValueTemplate.Constant)item!).Value)]))
            : new ValueTemplate.List(items!);
    }

    private static ValueTemplate? Map(ImmutableArray<KeyValuePair<string, ValueTemplate?>> entries)
    {
        if (entries.Any(entry => entry.Value is null))
        {
            return null;
        }

        if (!entries.All(entry => entry.Value!.IsConstant))
        {
            return new ValueTemplate.Map(entries!);
        }

        var map = new ValueMap.Builder();
        foreach (var (name, value) in entries)
        {
            map.Set(name, ((ValueTemplate.Constant)value!).Value);
        }

        return new ValueTemplate.Constant(Value.Of(map.Build()));
    }
}
