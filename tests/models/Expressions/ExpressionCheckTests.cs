using System.Diagnostics.CodeAnalysis;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Expressions;

public sealed class ExpressionCheckTests
{
    [Theory]
    [InlineData("toilet.state.bowl == 'used' && count > 1 && anything.at.all")]
    [InlineData("device('bedroom-light').state.power")]
    [InlineData("toilet.state.bowl.startsWith('u')")]
    [InlineData("[1, 2].map(x => x + count)")]
    [InlineData("toilet['state']['bowl']")]
    [InlineData("toilet?.state?.bowl")]
    public void What_is_there_is_in_order(string source) => Assert.Empty(Check(source));

    [Theory]
    [InlineData("toilet.state.bowll == 'used'", "1:14: error: no property `bowll` on smart-toilet; did you mean `bowl`?")]
    [InlineData("toilet?.state?.bowll", "1:16: error: no property `bowll` on smart-toilet; did you mean `bowl`?")]
    [InlineData("toilet['state']['bowll']", "1:17: error: no property `bowll` on smart-toilet; did you mean `bowl`?")]
    [InlineData("toilet.stat", "1:8: error: no property `stat` on `toilet`; did you mean `state`?")]
    [InlineData("device('bedroom-lihgt').state", "1:9: error: there is no device `bedroom-lihgt`; did you mean `bedroom-light`?")]
    [InlineData("device('bedroom-light').state.pwer", "1:31: error: no property `pwer` on hue-light; did you mean `power`?")]
    [InlineData("bedroom-light.state.power", "1:1: error: `bedroom-light` is not a JavaScript name; write device('bedroom-light')")]
    [InlineData("!(count > 1 && bedroom-light)", "1:16: error: `bedroom-light` is not a JavaScript name; write device('bedroom-light')")]
    [InlineData("cuont > 1", "1:1: error: there is no `cuont` here; did you mean `count`?")]
    [InlineData("[1].map(x => x + cuont)", "1:18: error: there is no `cuont` here; did you mean `count`?")]
    public void What_is_not_there_is_said_with_its_place(string source, string error) => Assert.Equal($"test.yaml:{error}", Assert.Single(Check(source)).ToString());

    [Fact]
    public void All_errors_of_an_expression_are_said() => Assert.Equal(2, Check("toilet.state.bowll == cuont").Count);

    private static DiagnosticBag Check(string source)
    {
        var diagnostics = new DiagnosticBag();
        ExpressionCheck.Check(Expression.Parse(source, new("test.yaml", 1, 1), diagnostics), new Home(), diagnostics);
        return diagnostics;
    }

    private sealed class Home : INameTable
    {
        private static readonly Shape Toilet = Shape.Of(new Dictionary<string, Shape> { ["id"] = Shape.Any, ["state"] = Shape.Of(["bowl", "lid"], "smart-toilet") });
        private static readonly Shape Light = Shape.Of(new Dictionary<string, Shape> { ["state"] = Shape.Of(["power"], "hue-light") });

        public IEnumerable<string> Names => ["toilet", "bedroom-light", "count", "anything"];

        public bool TryGet(string name, [NotNullWhen(true)] out Shape shape)
        {
            shape = name == "toilet" ? Toilet : Shape.Any;
            return name is "toilet" or "count" or "anything";
        }

        public bool TryGetDevice(string id, [NotNullWhen(true)] out Shape shape)
        {
            shape = id == "toilet" ? Toilet : Light;
            return id is "toilet" or "bedroom-light";
        }
    }
}
