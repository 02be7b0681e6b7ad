using System.Collections.Immutable;
using IotMqtt.Models.Expressions.Syntax;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions;

/// <summary>
/// A value as it is written in a file: constants, <c>${…}</c> in text, lists and maps of them. A lone <c>"${…}"</c> keeps its type.
/// </summary>
public abstract record ValueTemplate
{
    private ValueTemplate()
    {
    }

    /// <summary>Whether it needs no evaluation.</summary>
    public bool IsConstant => this is Constant;

    /// <summary>Reads a template from a node of a file.</summary>
    /// <param name="node">The node: <c>${…}</c> is looked for in every text, plain or quoted; <c>$${</c> stands for <c>${</c>.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>Null, with an error, where something in it is wrong.</returns>
    internal static ValueTemplate? Parse(YamlNode node, DiagnosticBag diagnostics) => TemplateParser.Parse(node, diagnostics);

    /// <summary>Reads a template from text that is not from a YAML file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where its first character stands.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>Null, with an error, where something in it is wrong.</returns>
    public static ValueTemplate? Parse(string text, SourcePosition at, DiagnosticBag diagnostics) =>
        TemplateParser.ParseText(text, at, offset => ExpressionParser.Advance(at, text, offset), diagnostics);

    /// <summary>The expressions in it, in order.</summary>
    public IEnumerable<Expression> Expressions => this switch
    {
        Computed computed => [computed.Expression],
        Text text => text.Parts.Where(part => part.Expression is not null).Select(part => part.Expression!),
        List list => list.Items.SelectMany(item => item.Expressions),
        Map map => map.Entries.SelectMany(entry => entry.Value.Expressions),
        _ => [],
    };

    /// <summary>A constant; lists and maps of constants are folded into one.</summary>
    public sealed record Constant(Value Value) : ValueTemplate;

    /// <summary>A lone <c>"${expression}"</c>.</summary>
    public sealed record Computed(Expression Expression) : ValueTemplate;

    /// <summary>Text with <c>${…}</c> in it: literal parts and expressions in turn.</summary>
    internal sealed record Text(SourcePosition At, ImmutableArray<TextPart> Parts) : ValueTemplate;

    /// <summary>A list with something to evaluate in it.</summary>
    public sealed record List(ImmutableArray<ValueTemplate> Items) : ValueTemplate;

    /// <summary>A map with something to evaluate in it.</summary>
    public sealed record Map(ImmutableArray<KeyValuePair<string, ValueTemplate>> Entries) : ValueTemplate;
}

/// <summary>A part of a text with <c>${…}</c>: literal, or an expression.</summary>
/// <param name="Literal">The text, where <paramref name="Expression"/> is null.</param>
/// <param name="Expression">The expression.</param>
internal readonly record struct TextPart(string? Literal, Expression? Expression);
