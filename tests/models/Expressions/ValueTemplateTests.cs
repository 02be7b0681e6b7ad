using CsCheck;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Expressions;

public sealed class ValueTemplateTests
{
    private readonly ExpressionEvaluator _evaluator = new();

    [Theory]
    [InlineData("v: text", "\"text\"")]
    [InlineData("v: 5", "5")]
    [InlineData("v: 5.5", "5.5")]
    [InlineData("v: true", "true")]
    [InlineData("v: yes", "\"yes\"")]
    [InlineData("v: \"5\"", "\"5\"")]
    [InlineData("v: \"${brightness}\"", "200")]
    [InlineData("v: ${brightness + 1}", "201")]
    [InlineData("v: \" ${brightness}\"", "\" 200\"")]
    [InlineData("v: \"${brightness} of ${args.id}\"", "\"200 of 7\"")]
    [InlineData("v: \"${brightness}${args.id}\"", "\"2007\"")]
    [InlineData("v: \"${ratio} ${power} ${nothing} ${items} ${args.deep}\"", "\"0.25 true null [1,2,3] {\\\"x\\\":{\\\"y\\\":1}}\"")]
    [InlineData("v: \"${1e21} ${1e-7}\"", "\"1e+21 1e-7\"")]
    [InlineData("v: \"$${brightness}\"", "\"${brightness}\"")]
    [InlineData("v: \"$$${brightness}\"", "\"$${brightness}\"")]
    [InlineData("v: \"a$${b}${brightness}\"", "\"a${b}200\"")]
    [InlineData("v: \"$ {x} $\"", "\"$ {x} $\"")]
    [InlineData("v: \"${ { a: 1 }.a }\"", "1")]
    [InlineData("v: \"${ '}' + \\\"}\\\" }\"", "\"}}\"")]
    [InlineData("v: \"${`a${`b${1}}`}}`}\"", "\"ab1}}\"")]
    [InlineData("v: \"${ song.replace(/[}]/, '') /* } */ }!\"", "\"Never!\"")]
    [InlineData("v: \"${ brightness / 2 } and ${ 4 / 2 }\"", "\"100 and 2\"")]
    [InlineData("v: [1, \"${brightness}\", { a: \"${args.id}\", b: x }]", "[1,200,{\"a\":7,\"b\":\"x\"}]")]
    [InlineData("v: { a: [], b: {} }", "{\"a\":[],\"b\":{}}")]
    public void A_template_comes_to_its_value(string yaml, string json)
    {
        var template = Parse(yaml);

        var evaluation = _evaluator.Evaluate(template, TestScope.Home);

        Assert.Null(evaluation.Error);
        Assert.Equal(json, evaluation.Value.ToJson());
        Assert.Equal(!yaml.Contains("${", StringComparison.Ordinal), template.IsConstant && !json.Contains("${", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("v: \"a ${brightnes} b\"", "there is no `brightnes` here; did you mean `brightness`?")]
    [InlineData("v: [1, { a: \"${args.idd}\" }]", "no property `idd` on `args`; did you mean `id`?")]
    public void What_goes_wrong_in_any_part_is_said(string yaml, string error) =>
        Assert.Equal(error, _evaluator.Evaluate(Parse(yaml), TestScope.Home).Error);

    [Theory]
    [InlineData("v: \"a ${b\"", "1:7: error: this ${ is not closed; write } after the expression, or $${ for the text ${")]
    [InlineData("v: \"a ${b + } c\"", "1:13: error: `b + ` is not a JavaScript expression: unexpected end of input")]
    [InlineData("v: \"${}\"", "1:7: error: the expression is empty")]
    [InlineData("v: |\n  one\n  two ${b +* 2}", "3:12: error: `b +* 2` is not a JavaScript expression: unexpected token '*'")]
    [InlineData("v: \"${a = 1}\"", "1:7: error: an expression cannot assign; to compare, write ==")]
    [InlineData("v: \"${kitchen-light-2.state.power}\"", "`kitchen-light-2` is not a JavaScript name; for a device write device('kitchen-light-2')")]
    [InlineData("v: 0x1F", "1:4: error: 0x1F is a number that YAML and JSON write differently; write 31 for the number, or \"0x1F\" for the text")]
    [InlineData("v: .5", "1:4: error: .5 is a number that YAML and JSON write differently; write 0.5 for the number, or \".5\" for the text")]
    [InlineData("v: .inf", "write \".inf\", in quotes, for the text")]
    [InlineData("v: 1e999", "is greater than any number")]
    public void What_is_no_template_is_said_with_its_place(string yaml, string error)
    {
        var diagnostics = new DiagnosticBag();
        var map = (YamlMap)YamlFile.Parse(yaml, "test.yaml", diagnostics)!;

        Assert.Null(ValueTemplate.Parse(map.Find("v")!, diagnostics));

        Assert.Contains(error, Assert.Single(diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_of_any_size_is_read_or_refused()
    {
        foreach (var source in new[]
        {
            new string('(', 3000), new string('[', 3000), new string('!', 3000) + "x", string.Concat(Enumerable.Repeat("-", 1999)) + "x", string.Join('+', Enumerable.Repeat("x", 1999)),
            string.Concat(Enumerable.Repeat("x=>", 1000)) + "x", string.Concat(Enumerable.Repeat("x?", 900)) + "x", new string('x', 5000), string.Concat(Enumerable.Repeat("`${", 900)),
            string.Concat(Enumerable.Repeat("f(", 900)), string.Concat(Enumerable.Repeat("x.", 1900)) + "x", string.Concat(Enumerable.Repeat("{a:", 900)), "/" + new string('(', 3000),
        })
        {
            var diagnostics = new DiagnosticBag();
            var expression = Expression.Parse(source, new("test.yaml", 1, 1), diagnostics);
            Assert.NotEqual(expression is null, !diagnostics.HasErrors);
        }
    }

    [Fact]
    public void No_text_crashes_the_parser_and_a_template_is_written_as_it_was_read() =>
        Gen.String[Gen.Char["${}'\"`\\ ax+./[]\n*"], 0, 30].Sample(text =>
        {
            var diagnostics = new DiagnosticBag();
            var template = ValueTemplate.Parse(text, SourcePosition.None, diagnostics);
            if (template is null)
            {
                return diagnostics.HasErrors;
            }

            var again = ValueTemplate.Parse(TemplateText.Write(template).AsText, SourcePosition.None, []);
            return again is not null && TemplateText.Write(again) == TemplateText.Write(template);
        });

    private static ValueTemplate Parse(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var template = ValueTemplate.Parse(((YamlMap)YamlFile.Parse(yaml, "test.yaml", diagnostics)!).Find("v")!, diagnostics);
        Assert.Empty(diagnostics);
        return template!;
    }
}
