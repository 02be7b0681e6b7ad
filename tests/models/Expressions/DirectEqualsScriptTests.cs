using CsCheck;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Expressions;

/// <summary>What is evaluated without Jint comes to what Jint says, whatever the operators and the types.</summary>
public sealed class DirectEqualsScriptTests
{
    private static readonly Gen<string> Leaf = OneOf(
        "power", "brightness", "song", "nothing", "ratio", "zero", "text", "items.length", "song.length", "args.id", "args.song", "args.nothing", "args.deep.x.y",
        "toilet.state.bowl", "toilet.state.bowll", "device('bedroom-light').state.power", "device('nowhere')", "items", "empty", "big", "huge",
        "0", "1", "-1", "2.5", "1e300", "9007199254740993", "true", "false", "null", "'used'", "''", "'7'", "'0'", "pad(args.id, 3)", "`n${args.id}`");

    private static readonly Gen<string> Operator = OneOf(
        "==", "!=", "===", "!==", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "&&", "||");

    private readonly ExpressionEvaluator _direct = new();
    private readonly ExpressionEvaluator _scripts = new() { ScriptsOnly = true };

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(text => texts[text]);

    private static Gen<string> Tree(int depth) => depth == 0 ? Leaf : Gen.OneOf(
        Leaf,
        Gen.Select(Tree(depth - 1), Operator, Tree(depth - 1), (left, operation, right) => $"({left} {operation} {right})"),
        Gen.Select(Tree(depth - 1), Tree(depth - 1), (left, right) => $"({left} ?? {right})"),
        Gen.Select(Tree(depth - 1), Tree(depth - 1), Tree(depth - 1), (test, then, otherwise) => $"({test} ? {then} : {otherwise})"),
        Tree(depth - 1).Select(operand => $"!{operand}"),
        Gen.Select(Tree(depth - 1), Tree(depth - 1), (left, right) => $"`${{{left}}}-${{{right}}}`"));

    [Fact]
    public void Any_expression_comes_to_the_same_either_way() => Tree(3).Sample(
        source =>
        {
            var expression = Expression.Parse(source, SourcePosition.None, []);
            if (expression?.Direct is null)
            {
                throw new InvalidOperationException($"not direct: {source}");
            }

            lock (_direct)
            {
                var direct = _direct.Evaluate(expression, TestScope.Home);
                var script = _scripts.Evaluate(expression, TestScope.Home);

                return direct == script;
            }
        },
        iter: 3000);
}
