using IotMqtt.Models.Chance;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Reading;

public sealed class MapReaderTests
{
    private readonly DiagnosticBag _diagnostics = [];

    [Fact]
    public void Typed_values_are_read()
    {
        var map = Open("""
            text: yes
            quoted: "5"
            flag: true
            count: 5
            ratio: 0.5
            time: 1m30s
            takes: 300ms..1s
            normal: { normal: { mean: 1s, sd: 100ms } }
            share: 12.5%
            how: fast
            list: [a, b]
            one: a
            nested: { x: 1 }
            """);

        Assert.Equal("yes", map.Text("text"));
        Assert.Equal("5", map.RequireText("quoted"));
        Assert.True(map.Boolean("flag"));
        Assert.Equal(5, map.Integer("count", 1, 5));
        Assert.Equal(0.5, map.Number("ratio", 0, 1));
        Assert.Equal(TimeSpan.FromSeconds(90), map.Duration("time"));
        Assert.Equal(new DurationSpec.Uniform(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(1)), map.DurationSpec("takes"));
        Assert.Equal(new DurationSpec.Normal(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(100)), map.DurationSpec("normal"));
        Assert.Equal(12.5, map.Percent("share"));
        Assert.Equal(2, map.OneOf("how", ("slow", 1), ("fast", 2)));
        Assert.Equal(2, map.List("list").Count);
        Assert.Single(map.OneOrList("one"));
        Assert.Equal(1, map.RequireMap("nested")!.Integer("x"));
        Assert.Null(map.Text("absent"));
        map.Done();
        Assert.Empty(_diagnostics);
    }

    [Theory]
    [InlineData("timeout: 5", "timeout must be a duration such as 500ms, 5s or 1m30s, but is \"5\"; write 5s")]
    [InlineData("timeout: 2 minutes", "but is \"2 minutes\"; write 2m")]
    [InlineData("timeout: [5s]", "timeout must be a duration such as 500ms, 5s or 1m30s, but is a list")]
    [InlineData("flag: yes", "flag must be true or false, but is \"yes\"; write true")]
    [InlineData("flag: \"true\"", "flag must be true or false, but is \"true\"; write true")]
    [InlineData("count: 1.5", "count must be a whole number from 1 to 9, but is \"1.5\"")]
    [InlineData("count: \"5\"", "count must be a whole number from 1 to 9, but is \"5\"")]
    [InlineData("count: 10", "count must be a whole number from 1 to 9, but is \"10\"")]
    [InlineData("text: 5", "text must be a text, but 5 is none; write \"5\", in quotes")]
    [InlineData("text: {}", "text must be a text, but is a mapping")]
    [InlineData("share: 5", "share must be a percentage from 0% to 100%, such as 5%, but is \"5\"; write 5%")]
    [InlineData("share: 0.05", "write 5%")]
    [InlineData("share: 101%", "share must be a percentage")]
    [InlineData("how: fsat", "how must be slow or fast, but is \"fsat\"; did you mean \"fast\"?")]
    [InlineData("list: a", "list must be a list, but is \"a\"; write [ … ]")]
    [InlineData("timeuot: 5s", "a thing has no key \"timeuot\"; did you mean \"timeout\"?")]
    [InlineData("zzz: 5s", "a thing has no key \"zzz\"; there is: timeout, flag, count, text, share, how, list")]
    public void Wrong_values_are_said_with_what_to_write(string yaml, string error)
    {
        var map = Open(yaml);

        _ = (map.Duration("timeout"), map.Boolean("flag"), map.Integer("count", 1, 9), map.Text("text"), map.Percent("share"), map.OneOf("how", ("slow", 1), ("fast", 2)), map.List("list"));
        map.Done();

        Assert.Contains(error, Assert.Single(_diagnostics).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_key_is_not_among_the_known_ones()
    {
        var map = Open("monitors: x\nmonitor: y");

        map.Refuse("monitors", "is not supported yet");
        map.Done();

        Assert.Equal(
            ["test.yaml:1:1: error: \"monitors\" is not supported yet", "test.yaml:2:1: error: a thing has no key \"monitor\""],
            _diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    private MapReader Open(string yaml) => MapReader.Open(YamlFile.Parse(yaml, "test.yaml", _diagnostics)!, "a thing", _diagnostics)!;
}
