using System.Collections.Immutable;
using IotMqtt.Models.Expressions.Direct;
using IotMqtt.Models.Expressions.Scripts;
using IotMqtt.Models.Expressions.Syntax;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Expressions;

/// <summary>A bare JavaScript expression, prepared once, immutable, shared by all threads. DESIGN section 7.</summary>
public sealed class Expression
{
    private readonly Lazy<ExpressionScript> _script;
    private readonly Lazy<ExpressionScript>? _checkedScript;

    internal Expression(string source, SourcePosition at, ExpressionSyntax syntax)
    {
        Source = source;
        At = at;
        Names = syntax.Names;
        Paths = syntax.Paths;
        Hyphenated = syntax.Hyphenated;
        Direct = DirectCompiler.TryCompile(syntax.Root, syntax.Names);
        var text = syntax.ScriptSource;
        _script = new(() => ExpressionScript.Prepare(text, Names));
        _checkedScript = syntax.CheckedSource is { } guarded ? new(() => ExpressionScript.Prepare(guarded, Names)) : null;
        HasLargeNumbers = syntax.HasLargeNumbers;
    }

    /// <summary>The longest expression, in characters.</summary>
    public const int MaxLength = 4000;

    /// <summary>As it was written.</summary>
    public string Source { get; }

    /// <summary>Where it was written.</summary>
    public SourcePosition At { get; }

    /// <summary>The names that a scope has to resolve, each once, with the place of its first use; not what JavaScript itself has.</summary>
    internal ImmutableArray<NameUse> Names { get; }

    /// <summary>Every static chain of members, the bare names and <c>device('…')</c> included.</summary>
    internal ImmutableArray<MemberPath> Paths { get; }

    /// <summary>Differences that look like one name with hyphens, such as <c>bedroom-light</c>.</summary>
    internal ImmutableArray<NameUse> Hyphenated { get; }

    /// <summary>The same without Jint, where the expression is simple enough.</summary>
    internal DirectNode? Direct { get; }

    /// <summary>The same for Jint.</summary>
    internal ExpressionScript Script => _script.Value;

    /// <summary>The same for Jint where there are whole numbers beyond 2^53, which it must not calculate with; null: it calculates nothing.</summary>
    internal ExpressionScript? CheckedScript => _checkedScript?.Value;

    /// <summary>Whether a whole number beyond 2^53 is written in it.</summary>
    internal bool HasLargeNumbers { get; }

    /// <summary>Parses an expression.</summary>
    /// <param name="source">The expression.</param>
    /// <param name="at">Where its first character stands.</param>
    /// <param name="diagnostics">Gets what is wrong: syntax, assignments, what expressions may not use.</param>
    /// <returns>Null, with an error, where it is none.</returns>
    public static Expression? Parse(string source, SourcePosition at, DiagnosticBag diagnostics) =>
        ExpressionParser.Parse(source, at, offset => ExpressionParser.Advance(at, source, offset), diagnostics);

    /// <summary>Parses the expression that a node of a file holds: a text, or a bare <c>true</c>.</summary>
    /// <inheritdoc cref="Parse(string, SourcePosition, DiagnosticBag)" path="/returns"/>
    internal static Expression? Parse(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlScalar scalar)
        {
            return ExpressionParser.Parse(scalar.Text, scalar.PositionOf(0), scalar.PositionOf, diagnostics);
        }

        diagnostics.Error(node.At, $"a condition must be a JavaScript expression, but is {node.Describe()}");
        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Source;
}
