using System.Collections.Immutable;
using Acornima;
using Acornima.Ast;
using IotMqtt.Models.Expressions.Syntax;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions.Direct;

/// <summary>Compiles the expressions that most files hold: names, members, comparisons, logic, arithmetic, text.</summary>
internal sealed class DirectCompiler
{
    private readonly ImmutableArray<NameUse> _names;

    private DirectCompiler(ImmutableArray<NameUse> names) => _names = names;

    /// <returns>Null where there is something in it that needs Jint.</returns>
    public static DirectNode? TryCompile(Acornima.Ast.Expression root, ImmutableArray<NameUse> names) => new DirectCompiler(names).Compile(root);

    private DirectNode? Compile(Node node) => node switch
    {
        BooleanLiteral literal => new ConstantNode(Value.Of(literal.Value)),
        NullLiteral => new ConstantNode(Value.Null),
        StringLiteral literal => new ConstantNode(Value.Of(literal.Value)),
        NumericLiteral literal when LargeLiteral.TryRead(literal, out var large) => new ConstantNode(Value.Of(large)),
        NumericLiteral literal => DirectNumbers.TryBox(literal.Value, out var number) ? new ConstantNode(number) : null,
        Identifier name => Slot(name.Name),
        MemberExpression { Optional: false } member => Member(member),
        CallExpression { Optional: false } call => Call(call),
        UnaryExpression unary => Unary(unary),
        LogicalExpression logical => Two(logical, (left, right) => new LogicalNode(logical.Operator, left, right)),
        BinaryExpression binary => Binary(binary),
        ConditionalExpression conditional => Compile(conditional.Test) is { } test && Compile(conditional.Consequent) is { } then
            && Compile(conditional.Alternate) is { } otherwise ? new ConditionalNode(test, then, otherwise) : null,
        TemplateLiteral template => Template(template),
        _ => null,
    };

    private SlotNode? Slot(string name)
    {
        for (var slot = 0; slot < _names.Length; slot++)
        {
            if (string.Equals(_names[slot].Name, name, StringComparison.Ordinal))
            {
                return new(slot);
            }
        }

        return null;
    }

    private MemberNode? Member(MemberExpression member)
    {
        var name = member switch
        {
            { Computed: false, Property: Identifier dotted } => dotted.Name,
            { Computed: true, Property: StringLiteral indexed } => indexed.Value,
            _ => null,
        };
        return name is not null && PathOf(member.Object) is { } path && Compile(member.Object) is { } owner ? new(owner, name, path) : null;
    }

    /// <summary>How messages call what an expression stands for; null where they would have to think.</summary>
    private static string? PathOf(Node node) => node switch
    {
        Identifier name => name.Name,
        CallExpression { Callee: Identifier { Name: "device" }, Arguments: { Count: 1 } arguments } when arguments[0] is StringLiteral id => $"device('{id.Value}')",
        MemberExpression { Computed: false, Property: Identifier name } member => PathOf(member.Object) is { } owner ? $"{owner}.{name.Name}" : null,
        MemberExpression { Computed: true, Property: StringLiteral name } member => PathOf(member.Object) is { } owner ? $"{owner}.{name.Value}" : null,
        _ => null,
    };

    private DirectNode? Call(CallExpression call) => call switch
    {
        { Callee: Identifier { Name: "device" }, Arguments: { Count: 1 } arguments } when arguments[0] is StringLiteral id => new DeviceNode(id.Value),
        { Callee: Identifier { Name: "pad" }, Arguments: { Count: 2 } arguments } when Compile(arguments[0]) is { } number && Compile(arguments[1]) is { } width
            => new PadNode(number, width),
        _ => null,
    };

    private DirectNode? Unary(UnaryExpression unary) => unary switch
    {
        { Operator: Operator.LogicalNot } => Compile(unary.Argument) is { } operand ? new NotNode(operand) : null,
        { Operator: Operator.UnaryNegation, Argument: NumericLiteral literal } when LargeLiteral.TryRead(literal, out var large) => new ConstantNode(Value.Of(-large)),
        { Operator: Operator.UnaryNegation, Argument: NumericLiteral literal } => DirectNumbers.TryBox(-literal.Value, out var number) ? new ConstantNode(number) : null,
        _ => null,
    };

    private DirectNode? Binary(BinaryExpression binary) => binary.Operator switch
    {
        Operator.Equality => Two(binary, (left, right) => new EqualityNode(left, right, strict: false, negated: false)),
        Operator.StrictEquality => Two(binary, (left, right) => new EqualityNode(left, right, strict: true, negated: false)),
        Operator.Inequality => Two(binary, (left, right) => new EqualityNode(left, right, strict: false, negated: true)),
        Operator.StrictInequality => Two(binary, (left, right) => new EqualityNode(left, right, strict: true, negated: true)),
        Operator.LessThan or Operator.LessThanOrEqual or Operator.GreaterThan or Operator.GreaterThanOrEqual =>
            Two(binary, (left, right) => new ComparisonNode(binary.Operator, left, right)),
        Operator.Addition or Operator.Subtraction or Operator.Multiplication or Operator.Division or Operator.Remainder =>
            Two(binary, (left, right) => new ArithmeticNode(binary.Operator, left, right)),
        _ => null,
    };

    private DirectNode? Two(BinaryExpression binary, Func<DirectNode, DirectNode, DirectNode> make) =>
        Compile(binary.Left) is { } left && Compile(binary.Right) is { } right ? make(left, right) : null;

    private TextNode? Template(TemplateLiteral template)
    {
        var parts = new List<DirectNode>();
        for (var part = 0; part < template.Quasis.Count; part++)
        {
            parts.Add(new ConstantNode(Value.Of(template.Quasis[part].Value.Cooked ?? "")));
            if (part < template.Expressions.Count)
            {
                if (Compile(template.Expressions[part]) is not { } computed)
                {
                    return null;
                }

                parts.Add(computed);
            }
        }

        return new([.. parts]);
    }
}
