using Acornima;
using Acornima.Ast;

namespace IotMqtt.Models.Expressions.Syntax;

/// <summary>What an expression may not do: it reads, it never writes, and it needs no machinery for programs.</summary>
internal static class Refused
{
    /// <summary>Why a node is refused, and what to write instead; null where it is not.</summary>
    public static (string Message, string? Suggestion)? Reason(Node node, Func<string, bool> isLocal) => node switch
    {
        AssignmentExpression { Left: Identifier name } when isLocal(name.Name) => null,
        AssignmentExpression { Operator: Operator.Assignment } => ("an expression cannot assign", "to compare, write =="),
        AssignmentExpression => ("an expression cannot assign", null),
        UpdateExpression { Argument: Identifier name } when isLocal(name.Name) => null,
        UpdateExpression update => ($"an expression cannot change what it reads: {(update.Operator == Operator.Increment ? "++" : "--")}", null),
        BigIntLiteral => ("a number has no n after it", "write its digits alone: a whole number beyond 2^53 is exact"),
        UnaryExpression { Operator: Operator.Delete } => ("an expression cannot delete", null),
        Identifier { Name: "eval" or "arguments" or "globalThis" or "Function" } name => ($"`{name.Name}` cannot be used in an expression", null),
        ThisExpression or Super or MetaProperty => ("`this` cannot be used in an expression", null),
        AwaitExpression or YieldExpression => ("an expression cannot wait", null),
        IFunction { Async: true } or IFunction { Generator: true } => ("an expression cannot wait", null),
        IClass => ("an expression cannot define a class", null),
        FunctionDeclaration => ("an expression cannot define a named function", "write an arrow function: x => …"),
        ImportExpression => ("an expression cannot import", null),
        TaggedTemplateExpression => ("a tagged template cannot be used in an expression", null),
        TryStatement or ThrowStatement => ("an expression cannot throw or catch", null),
        WithStatement or DebuggerStatement or LabeledStatement => ("this statement cannot be used in an expression", null),
        _ => null,
    };
}
