using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Expressions;

public sealed class SeenValuesTests
{
    [Theory]
    [InlineData("toilet.state.bowl == 'clean' && args.id > 8", "toilet.state.bowl is \"used\", args.id is 7")]
    [InlineData("device('toilet').state.bowl.length > 10", "device('toilet').state.bowl.length is 4")]
    [InlineData("toilet.state.bowl == 'x' || toilet.state.bowl == 'y'", "toilet.state.bowl is \"used\"")]
    [InlineData("toilet.state.bowl.startsWith('x')", "toilet.state.bowl is \"used\"")]
    public void A_condition_that_does_not_hold_says_what_it_looked_at(string source, string seen)
    {
        var expression = Expression.Parse(source, SourcePosition.None, new DiagnosticBag())!;

        var held = new ExpressionEvaluator().EvaluateCondition(expression, TestScope.Home, explained: true);

        Assert.Equal(seen, held.Seen);
    }

    [Fact]
    public void One_that_holds_says_nothing_and_one_that_is_not_asked_neither()
    {
        var evaluator = new ExpressionEvaluator();

        Assert.Null(evaluator.EvaluateCondition(Expression.Parse("toilet.state.bowl == 'used'", SourcePosition.None, new DiagnosticBag())!, TestScope.Home, explained: true).Seen);
        Assert.Null(evaluator.EvaluateCondition(Expression.Parse("toilet.state.bowl == 'clean'", SourcePosition.None, new DiagnosticBag())!, TestScope.Home).Seen);
    }
}
