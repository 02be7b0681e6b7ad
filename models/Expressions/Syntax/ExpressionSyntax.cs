using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Acornima;
using Acornima.Ast;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Expressions.Syntax;

/// <summary>What can be told from an expression without evaluating it: the names it uses, the members it reads, what it may not do.</summary>
internal sealed class ExpressionSyntax
{
    public const int MaxDepth = 100;

    private readonly string _source;
    private readonly Func<int, SourcePosition> _place;
    private readonly DiagnosticBag _diagnostics;
    private readonly ImmutableArray<NameUse>.Builder _names = ImmutableArray.CreateBuilder<NameUse>();
    private readonly ImmutableArray<MemberPath>.Builder _paths = ImmutableArray.CreateBuilder<MemberPath>();
    private readonly ImmutableArray<NameUse>.Builder _hyphenated = ImmutableArray.CreateBuilder<NameUse>();
    private readonly List<Node> _rewritten = [];
    private readonly List<BinaryExpression> _calculations = [];
    private readonly Stack<HashSet<string>> _locals = [];
    private int _depth;
    private bool _refused;

    private ExpressionSyntax(string source, Acornima.Ast.Expression root, Func<int, SourcePosition> place, DiagnosticBag diagnostics)
    {
        _source = source;
        Root = root;
        _place = place;
        _diagnostics = diagnostics;
    }

    public Acornima.Ast.Expression Root { get; }

    public ImmutableArray<NameUse> Names { get; private set; }

    public ImmutableArray<MemberPath> Paths { get; private set; }

    public ImmutableArray<NameUse> Hyphenated { get; private set; }

    /// <summary>
    /// The source for Jint: each <c>a in b</c> is a call, so that it can be refused for a list, and a whole number beyond 2^53 is a BigInt.
    /// </summary>
    public string ScriptSource { get; private set; } = "";

    /// <summary>The same, where each calculation is a call, too, so that it can be refused for a BigInt; null: it calculates nothing.</summary>
    public string? CheckedSource { get; private set; }

    /// <summary>Whether a whole number beyond 2^53 is written in it.</summary>
    public bool HasLargeNumbers { get; private set; }

    /// <returns>Null, with errors, where the expression does what it may not.</returns>
    public static ExpressionSyntax? Analyze(string source, Acornima.Ast.Expression root, Func<int, SourcePosition> place, DiagnosticBag diagnostics)
    {
        var syntax = new ExpressionSyntax(source, root, place, diagnostics);
        syntax.Visit(root);
        if (syntax._refused)
        {
            return null;
        }

        syntax.Names = syntax._names.ToImmutable();
        syntax.Paths = syntax._paths.ToImmutable();
        syntax.Hyphenated = syntax._hyphenated.ToImmutable();
        syntax.ScriptSource = syntax.Rewritten(0, source.Length);
        if (syntax._calculations.Count > 0)
        {
            syntax._rewritten.AddRange(syntax._calculations);
            syntax.CheckedSource = syntax.Rewritten(0, source.Length);
        }

        return syntax;
    }

    private void Visit(Node? node)
    {
        if (node is null || _refused)
        {
            return;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_depth > MaxDepth)
        {
            Refuse(Root, $"the expression nests deeper than {MaxDepth} levels");
            return;
        }

        VisitNode(node);
        _depth--;
    }

    private void VisitNode(Node node)
    {
        if (Refused.Reason(node, IsLocal) is var (message, suggestion))
        {
            Refuse(node, message, suggestion);
            return;
        }

        switch (node)
        {
            case Identifier name:
                Use(name, [], isDevice: false);
                break;
            case MemberExpression member:
                VisitMember(member);
                break;
            case CallExpression call when DeviceId(call) is { } id:
                _paths.Add(new(new(id.Value, _place(id.Start + 1)), IsDevice: true, []));
                break;
            case Property property:
                if (property.Computed)
                {
                    Visit(property.Key);
                }

                Visit(property.Value);
                break;
            case IFunction function:
                VisitFunction(function);
                break;
            case NumericLiteral literal when LargeLiteral.TryRead(literal, out _):
                HasLargeNumbers = true;
                _rewritten.Add(literal);
                break;
            case VariableDeclarator variable:
                Visit(variable.Init);
                break;
            default:
                if (node is BinaryExpression binary)
                {
                    Note(binary);
                }

                foreach (var child in node.ChildNodes)
                {
                    Visit(child);
                }

                break;
        }
    }

    private void VisitMember(MemberExpression member)
    {
        if (member.Computed)
        {
            Visit(member.Property);
        }

        var members = new List<NameUse>();
        Acornima.Ast.Expression root = member;
        while (true)
        {
            if (root is ChainExpression chain)
            {
                root = chain.Expression;
            }
            else if (root is MemberExpression { Computed: false, Property: Identifier name } dotted)
            {
                members.Add(new(name.Name, _place(name.Start)));
                root = dotted.Object;
            }
            else if (root is MemberExpression { Computed: true, Property: StringLiteral text } indexed)
            {
                members.Add(new(text.Value, _place(text.Start)));
                root = indexed.Object;
            }
            else
            {
                break;
            }
        }

        members.Reverse();
        switch (root)
        {
            case Identifier name:
                Use(name, [.. members], isDevice: false);
                break;
            case CallExpression call when DeviceId(call) is { } id:
                _paths.Add(new(new(id.Value, _place(id.Start + 1)), IsDevice: true, [.. members]));
                break;
            default:
                Visit(ReferenceEquals(root, member) ? member.Object : root);
                break;
        }
    }

    private void VisitFunction(IFunction function)
    {
        var locals = new HashSet<string>(StringComparer.Ordinal);
        Bindings.Collect(function.Id, locals);
        foreach (var parameter in function.Params)
        {
            Bindings.Collect(parameter, locals);
        }

        Bindings.CollectDeclared(function.Body, locals);
        _locals.Push(locals);
        foreach (var parameter in function.Params)
        {
            VisitDefaults(parameter);
        }

        Visit(function.Body);
        _locals.Pop();
    }

    private void VisitDefaults(Node? pattern)
    {
        if (pattern is AssignmentPattern assignment)
        {
            VisitDefaults(assignment.Left);
            Visit(assignment.Right);
        }
        else if (pattern is ObjectPattern or ArrayPattern or RestElement)
        {
            foreach (var child in pattern.ChildNodes)
            {
                VisitDefaults(child is Property property ? property.Value : child);
            }
        }
    }

    private void Use(Identifier name, ImmutableArray<NameUse> members, bool isDevice)
    {
        if (IsLocal(name.Name) || JavaScriptNames.All.Contains(name.Name))
        {
            return;
        }

        var use = new NameUse(name.Name, _place(name.Start));
        _paths.Add(new(use, isDevice, members));
        foreach (var known in _names)
        {
            if (string.Equals(known.Name, name.Name, StringComparison.Ordinal))
            {
                return;
            }
        }

        _names.Add(use);
    }

    private void Note(BinaryExpression binary)
    {
        if (binary.Operator == Operator.In)
        {
            _rewritten.Add(binary);
            return;
        }

        if (Calculation(binary.Operator) is not null)
        {
            _calculations.Add(binary);
        }

        if (binary.Operator == Operator.Subtraction && binary.Left is Identifier or BinaryExpression { Operator: Operator.Subtraction })
        {
            var right = (Node)binary.Right;
            while (right is MemberExpression member)
            {
                right = member.Object;
            }

            var text = _source[binary.Start..right.End];
            if (right is Identifier && !text.AsSpan().ContainsAnyExcept(JavaScriptNames.HyphenatedCharacters))
            {
                _hyphenated.Add(new(text, _place(binary.Start)));
            }
        }
    }

    private static StringLiteral? DeviceId(CallExpression call) =>
        call is { Callee: Identifier { Name: "device" }, Arguments: { Count: 1 } arguments } && arguments[0] is StringLiteral id ? id : null;

    private bool IsLocal(string name)
    {
        foreach (var scope in _locals)
        {
            if (scope.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    private void Refuse(Node node, string message, string? suggestion = null)
    {
        _refused = true;
        _diagnostics.Error(_place(node.Start), message, suggestion);
    }

    /// <summary>The operators that calculate with two numbers.</summary>
    private static string? Calculation(Operator operation) => operation switch
    {
        Operator.Addition => "+",
        Operator.Subtraction => "-",
        Operator.Multiplication => "*",
        Operator.Division => "/",
        Operator.Remainder => "%",
        Operator.Exponentiation => "**",
        Operator.BitwiseAnd => "&",
        Operator.BitwiseOr => "|",
        Operator.BitwiseXor => "^",
        Operator.LeftShift => "<<",
        Operator.RightShift => ">>",
        _ => null,
    };

    private string Rewritten(int start, int end)
    {
        var text = new StringBuilder();
        for (var at = start; at < end;)
        {
            var next = _rewritten.Where(node => node.Start >= at && node.End <= end)
                .OrderBy(node => node.Start).ThenByDescending(node => node.End).FirstOrDefault();
            if (next is null)
            {
                return text.Append(_source, at, end - at).ToString();
            }

            text.Append(_source, at, next.Start - at);
            if (next is BinaryExpression binary)
            {
                text.Append(binary.Operator == Operator.In ? $"{JavaScriptNames.InHelper}((" : $"{JavaScriptNames.MathHelper}('{Calculation(binary.Operator)}',(")
                    .Append(Rewritten(binary.Left.Start, binary.Left.End)).Append("),(").Append(Rewritten(binary.Right.Start, binary.Right.End)).Append("))");
            }
            else
            {
                text.Append(_source, next.Start, next.End - next.Start).Append('n');
            }

            at = next.End;
        }

        return text.ToString();
    }
}
