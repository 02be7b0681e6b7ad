using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Expressions;

/// <summary>Values that grow with each evaluation: by themselves, or by what they share.</summary>
public sealed class ValueBoundsTests
{
    [Theory]
    [InlineData("${s + s}", "a text came to more than 1000000 characters")]
    [InlineData("${s} ${s}", "more than 1000000 characters")]
    [InlineData("${`${s}${s}`}", "it came to more than 1000000 characters")]
    [InlineData("${s.concat(s)}", "it came to more than 1000000 characters")]
    [InlineData("${[s, s]}", "it came to more than 100000 values")]
    public void What_doubles_again_and_again_ends_in_an_error(string template, string problem) => Grows(Parse(template), problem);

    [Fact]
    public void A_list_that_holds_itself_twice_is_as_large_as_it_would_be_written() =>
        Grows(new ValueTemplate.List([Parse("${s}"), Parse("${s}")]), "it came to more than 100000 values");

    [Fact]
    public void A_list_that_holds_itself_nests_no_deeper_than_it_can_be_read() =>
        Grows(new ValueTemplate.List([Parse("${s}")]), "it came to something that nests deeper than 64 levels");

    private static ValueTemplate Parse(string text) => ValueTemplate.Parse(text, SourcePosition.None, [])!;

    private static void Grows(ValueTemplate template, string problem)
    {
        var evaluator = new ExpressionEvaluator();
        var scope = new Growing { Value = Value.Of("x") };
        for (var round = 0; round < 100; round++)
        {
            var evaluation = evaluator.Evaluate(template, scope);
            if (evaluation.Failed)
            {
                Assert.Contains(problem, evaluation.Error, StringComparison.Ordinal);
                return;
            }

            scope.Value = evaluation.Value;
        }

        Assert.Fail("it grew and grew");
    }

    private sealed class Growing : IExpressionScope
    {
        public Value Value { get; set; }

        public IEnumerable<string> Names => ["s"];

        public bool TryResolve(string name, out Value value)
        {
            value = Value;
            return name == "s";
        }

        public bool TryResolveDevice(string id, out Value device)
        {
            device = default;
            return false;
        }
    }
}
