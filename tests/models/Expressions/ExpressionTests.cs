using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Expressions;

public sealed class ExpressionTests
{
    private readonly ExpressionEvaluator _direct = new();
    private readonly ExpressionEvaluator _scripts = new() { ScriptsOnly = true };

    [Theory]
    [InlineData("power", "true")]
    [InlineData("!power", "false")]
    [InlineData("power && brightness > 100", "true")]
    [InlineData("power ? 'on' : 'off'", "\"on\"")]
    [InlineData("brightness + 1", "201")]
    [InlineData("brightness / 3 > 66.6", "true")]
    [InlineData("brightness % 7", "4")]
    [InlineData("-brightness", "-200")]
    [InlineData("ratio * 2", "0.5")]
    [InlineData("song == 'Never'", "true")]
    [InlineData("song != 'Never' || nothing == null", "true")]
    [InlineData("nothing ?? 'default'", "\"default\"")]
    [InlineData("song + ' ' + brightness", "\"Never 200\"")]
    [InlineData("`${song}-${brightness}`", "\"Never-200\"")]
    [InlineData("song.length", "5")]
    [InlineData("items.length", "3")]
    [InlineData("items", "[1,2,3]")]
    [InlineData("args.deep.x", "{\"y\":1}")]
    [InlineData("args['deep'].x['y']", "1")]
    [InlineData("toilet.state.bowl == 'used'", "true")]
    [InlineData("device('bedroom-light').state.power", "true")]
    [InlineData("pad(7, 4)", "\"0007\"")]
    [InlineData("pad(12345, 4)", "\"12345\"")]
    [InlineData("items.map(x => x * 2)", "[2,4,6]")]
    [InlineData("items.filter(x => x > 1).length", "2")]
    [InlineData("items.reduce((sum, x) => sum + x, 0)", "6")]
    [InlineData("items.includes(2)", "true")]
    [InlineData("[...items, 4]", "[1,2,3,4]")]
    [InlineData("({ ...args, id: 8 }).id", "8")]
    [InlineData("({ a: [1, { b: null }] })", "{\"a\":[1,{\"b\":null}]}")]
    [InlineData("'id' in args", "true")]
    [InlineData("'idd' in args", "false")]
    [InlineData("('id' in args) && !('x' in args.deep)", "false")]
    [InlineData("Object.keys(args).length", "4")]
    [InlineData("Object.entries(args.deep.x)", "[[\"y\",1]]")]
    [InlineData("JSON.stringify(args.deep)", "\"{\\\"x\\\":{\\\"y\\\":1}}\"")]
    [InlineData("JSON.stringify(items)", "\"[1,2,3]\"")]
    [InlineData("Array.isArray(items)", "true")]
    [InlineData("Math.max(...items)", "3")]
    [InlineData("song.toUpperCase()", "\"NEVER\"")]
    [InlineData("/^N/.test(song)", "true")]
    [InlineData("song.replace(/e/g, 'E')", "\"NEvEr\"")]
    [InlineData("typeof brightness", "\"number\"")]
    [InlineData("args.list[0].a", "1")]
    [InlineData("args.list.map(({ a }) => a)", "[1]")]
    [InlineData("args.deep === args.deep", "true")]
    [InlineData("(() => { let sum = 0; for (const x of items) { sum += x; } return sum; })()", "6")]
    [InlineData("new Date(0).toISOString()", "\"1970-01-01T00:00:00.000Z\"")]
    [InlineData("new Date(0)", "\"1970-01-01T00:00:00.000Z\"")]
    [InlineData("1e21", "1E+21")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("empty", "{}")]
    [InlineData("nothing", "null")]
    [InlineData("zero || text || 'neither'", "\"neither\"")]
    [InlineData("isNaN(parseInt('x'))", "true")]
    [InlineData("items.slice().sort((a, b) => b - a)", "[3,2,1]")]
    [InlineData("items.at(7) ?? 0", "0")]
    [InlineData("nothing?.x ?? 'none'", "\"none\"")]
    [InlineData("(function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); })(7)", "13")]
    [InlineData("'ab'.repeat(3) + 'x'.repeat(0) + 'y'.repeat(2.9)", "\"abababyy\"")]
    [InlineData("true", "true")]
    public void An_expression_comes_to_its_value(string source, string json)
    {
        var expression = Parse(source);

        foreach (var evaluator in new[] { _direct, _scripts })
        {
            var evaluation = evaluator.Evaluate(expression, TestScope.Home);
            Assert.Null(evaluation.Error);
            Assert.Equal(json, evaluation.Value.ToJson());
        }
    }

    [Theory]
    [InlineData("toilet.state.bowll", "no property `bowll` on smart-toilet; did you mean `bowl`?")]
    [InlineData("device('toilet').state.bowll", "no property `bowll` on smart-toilet; did you mean `bowl`?")]
    [InlineData("args.idd", "no property `idd` on `args`; did you mean `id`?")]
    [InlineData("args.deep.x.z", "no property `z` on `args.deep.x`; there is: y")]
    [InlineData("args.deep['nowhere']", "no property `nowhere` on `args.deep`; there is: x")]
    [InlineData("args.list[0].b", "no property `b` on `args.list[0]`; there is: a")]
    [InlineData("args.toString()", "no property `toString` on `args`; there is: id, song, deep, list")]
    [InlineData("empty.x", "no property `x` on `empty`")]
    [InlineData("brigthness", "there is no `brigthness` here; did you mean `brightness`?")]
    [InlineData("power || brigthness", "there is no `brigthness` here; did you mean `brightness`?")]
    [InlineData("bedroom-light", "`bedroom-light` is not a JavaScript name; write device('bedroom-light')")]
    [InlineData("bedroom-light.state.power", "`bedroom-light` is not a JavaScript name; write device('bedroom-light')")]
    [InlineData("device('toilett').state", "there is no device `toilett`; did you mean `toilet`?")]
    [InlineData("device(`toilett`).state", "there is no device `toilett`; did you mean `toilet`?")]
    [InlineData("items.lenght", "no property `lenght` on a list; did you mean `length`?")]
    [InlineData("song.lenght", "no property `lenght` on a text; did you mean `length`?")]
    [InlineData("items[7]", "there is no item 7 in a list")]
    [InlineData("2 in items", "`in` on a list asks for a position, not for an item; write list.includes(item)")]
    [InlineData("!(2 in items) && 'id' in args", "`in` on a list")]
    [InlineData("'x' in song", "`in` needs a mapping on its right side")]
    [InlineData("items.push(4)", "failed: ")]
    [InlineData("items.sort()", "failed: ")]
    [InlineData("Object.assign(args, { id: 1 })", "`args` cannot be changed")]
    [InlineData("Object.assign(toilet.state, { bowl: 1 })", "smart-toilet cannot be changed")]
    [InlineData("Object.assign(Math, { max: 1 })", "failed: ")]
    [InlineData("Object.defineProperty(Array.prototype, 'x', { value: 1 })", "failed: ")]
    [InlineData("Array.prototype.push.call(items, 1)", "failed: ")]
    [InlineData("nothing.x", "failed: ")]
    [InlineData("args.song()", "failed: ")]
    [InlineData("1 / 0", "`1 / 0` failed: it came to Infinity, which is no number that a value can be")]
    [InlineData("items.find(x => x > 7)", "it came to nothing (undefined)")]
    [InlineData("() => 1", "it came to a function, which is no value")]
    [InlineData("Math.max", "it came to a function, which is no value")]
    [InlineData("pad(-1, 4)", "pad(number, width) takes")]
    [InlineData("pad('x', 4)", "pad(number, width) takes")]
    [InlineData("(() => {}).constructor('return 1')()", "failed: ")]
    [InlineData("(f => f(f))(f => f(f))", "does it ever end?")]
    [InlineData("(() => { while (true) { } })()", "it took more than 10000 statements; does it ever end?")]
    [InlineData("(() => { for (;;) ; })()", "it took more than 10000 statements; does it ever end?")]
    [InlineData("'x'.repeat(500000000)", "repeat(500000000) would be longer than 1000000 characters")]
    [InlineData("'x'.repeat(-1)", "repeat(-1)")]
    [InlineData("'a'.repeat(1000000).replaceAll('a', 'b'.repeat(1000000))", "it took too much memory")]
    [InlineData("JSON.stringify(Array(99999).fill(Array(99999).fill(0)))", "it took more than 16 MiB of memory")]
    [InlineData("(a => { for (;;) a = [...a, ...a, 1]; })([])", "it took more than 16 MiB of memory")]
    [InlineData("(function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2); })(40)", "does it ever end?")]
    [InlineData("'x'.padStart(1000000000)", "failed: ")]
    [InlineData("Array(1000000000).fill(1)", "failed: ")]
    [InlineData("(x => { while (true) x = x + x; })('xxxxxxxxxxxxxxxx')", "failed: ")]
    [InlineData("/^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')", "a regular expression took too long")]
    public void What_goes_wrong_is_said(string source, string error)
    {
        var expression = Parse(source);

        foreach (var evaluator in new[] { _direct, _scripts })
        {
            var evaluation = evaluator.Evaluate(expression, TestScope.Home);
            Assert.True(evaluation.Failed, evaluation.Value.ToJson());
            Assert.Contains(error, evaluation.Error, StringComparison.Ordinal);
            Assert.True(!error.StartsWith("no property", StringComparison.Ordinal) || evaluation.Error!.StartsWith(error, StringComparison.Ordinal), evaluation.Error);
            Assert.Equal("6", evaluator.Evaluate(Parse("items.reduce((sum, x) => sum + x, 0)"), TestScope.Home).Value.ToJson());
        }
    }

    [Theory]
    [InlineData("power", null)]
    [InlineData("brightness", "a condition must be true or false, but `brightness` is 200")]
    [InlineData("song", "a condition must be true or false, but `song` is \"Never\"")]
    [InlineData("nothing", "a condition must be true or false, but `nothing` is null")]
    public void A_condition_is_true_or_false(string source, string? error) =>
        Assert.Equal(error, _direct.EvaluateCondition(Parse(source), TestScope.Home).Error);

    private static readonly TestScope Large = new("""{ "big": 9007199254740993, "huge": 18446744073709551615, "args": { "id": 7, "list": [1] } }""");

    [Theory]
    [InlineData("big", "9007199254740993")]
    [InlineData("huge", "18446744073709551615")]
    [InlineData("[huge, { x: -huge }]", "[18446744073709551615,{\"x\":-18446744073709551615}]")]
    [InlineData("`id ${huge}`", "\"id 18446744073709551615\"")]
    [InlineData("'id ' + huge", "\"id 18446744073709551615\"")]
    [InlineData("'id ' + [huge].map(x => x + '!')[0]", "\"id 18446744073709551615!\"")]
    [InlineData("huge == 18446744073709551615", "true")]
    [InlineData("huge === 18_446_744_073_709_551_615", "true")]
    [InlineData("huge == 18446744073709551614", "false")]
    [InlineData("[huge].includes(18446744073709551615)", "true")]
    [InlineData("[huge].includes(18446744073709551614)", "false")]
    [InlineData("1724442618569203714 == 1724442618569203713", "false")]
    [InlineData("big == 9007199254740992", "false")]
    [InlineData("big > 9007199254740992 && big < 9007199254740994 && big >= 9007199254740992.5", "true")]
    [InlineData("-big < -9007199254740992", "true")]
    [InlineData("huge > 1e19 && huge < 1e20", "true")]
    [InlineData("Number(big) + 0", "9007199254740992")]
    [InlineData("args.id + 1 == 8 && [big].length == 1", "true")]
    public void A_whole_number_beyond_what_JavaScript_calculates_with_is_exact(string source, string json)
    {
        Assert.Equal(json, _direct.Evaluate(Parse(source), Large).Value.ToJson());
        Assert.Equal(json, _scripts.Evaluate(Parse(source), Large).Value.ToJson());
    }

    [Theory]
    [InlineData("big + 0", "9007199254740993")]
    [InlineData("huge - huge", "18446744073709551615")]
    [InlineData("[1, 2].map(x => x * big)[0]", "9007199254740993")]
    [InlineData("9007199254740993 * 2", "9007199254740993")]
    [InlineData("args.list.length % huge", "18446744073709551615")]
    public void It_is_not_calculated_with(string source, string digits)
    {
        var error = $"{digits} is beyond 2^53, where calculations are not exact: it can be compared; write Number(x) to calculate with the nearest number";

        Assert.Equal(error, _direct.Evaluate(Parse(source), Large).Error);
        Assert.Equal(error, _scripts.Evaluate(Parse(source), Large).Error);
    }

    [Fact]
    public void A_function_that_takes_no_such_number_says_what_to_write() =>
        Assert.EndsWith("write Number(x) to calculate with the nearest number", _direct.Evaluate(Parse("Math.abs(huge)"), Large).Error, StringComparison.Ordinal);

    [Fact]
    public void Time_and_chance_are_inputs()
    {
        var inputs = new ExpressionInputs(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000), 42);
        var now = Parse("Date.now()");
        var random = Parse("[Math.random(), Math.random()]");

        Assert.Equal("1700000000000", _direct.Evaluate(now, TestScope.Home, inputs).Value.ToJson());
        Assert.Equal("\"2023-11-14T22:13:20.000Z\"", _direct.Evaluate(Parse("new Date()"), TestScope.Home, inputs).Value.ToJson());
        Assert.Equal("14", _direct.Evaluate(Parse("new Date().getDate()"), TestScope.Home, inputs).Value.ToJson());
        Assert.Equal(_direct.Evaluate(random, TestScope.Home, inputs), new ExpressionEvaluator().Evaluate(random, TestScope.Home, inputs));
        Assert.NotEqual(_direct.Evaluate(random, TestScope.Home, inputs), _direct.Evaluate(random, TestScope.Home, inputs with { Seed = 43 }));
    }

    [Fact]
    public void One_expression_is_evaluated_by_many_threads()
    {
        var expression = Parse("items.map(x => x * brightness).reduce((sum, x) => sum + x, 0)");

        Parallel.For(0, 8, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken }, _ =>
        {
            var evaluator = new ExpressionEvaluator();
            for (var round = 0; round < 200; round++)
            {
                Assert.Equal("1200", evaluator.Evaluate(expression, TestScope.Home).Value.ToJson());
            }
        });
    }

    [Fact]
    public void Names_and_members_are_known_before_it_is_evaluated()
    {
        var expression = Parse("toilet.state.bowl == args.x && items.map(item => item.y + power) && device('bedroom-light').state['on'] && Math.max(1)");

        Assert.Equal(["toilet", "args", "items", "power"], expression.Names.Select(use => use.Name));
        Assert.Equal(
            ["toilet.state.bowl", "args.x", "items.map", "power", "device bedroom-light.state.on"],
            expression.Paths.Select(path => (path.IsDevice ? "device " : "") + string.Join('.', path.Members.Select(member => member.Name).Prepend(path.Root.Name))));
        Assert.Equal(new SourcePosition("test.yaml", 3, 23), expression.Paths[0].Members[1].At);
    }

    private static Expression Parse(string source)
    {
        var diagnostics = new DiagnosticBag();
        var expression = Expression.Parse(source, new("test.yaml", 3, 10), diagnostics);
        Assert.Empty(diagnostics);
        return expression!;
    }
}
