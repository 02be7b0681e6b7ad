using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Reading;

public sealed class SuggestTests
{
    private static readonly string[] Names = ["bowl", "lid", "brightness", "switch-on", "switch-off", "power"];

    [Theory]
    [InlineData("bowll", "bowl")]
    [InlineData("bwol", "bowl")]
    [InlineData("Lid", "lid")]
    [InlineData("brigthnes", "brightness")]
    [InlineData("switchon", "switch-on")]
    [InlineData("switch_of", "switch-off")]
    [InlineData("powr", "power")]
    [InlineData("xyz", null)]
    [InlineData("", null)]
    [InlineData("temperature", null)]
    public void The_closest_name_is_suggested_if_it_is_close(string written, string? suggested) =>
        Assert.Equal(suggested, Suggest.Closest(written, Names));

    [Fact]
    public void A_name_of_any_length_is_harmless()
    {
        Assert.Null(Suggest.Closest(new string('x', 100_000), Names));
        Assert.Null(Suggest.Closest("x", [new string('x', 100_000)]));
    }

    [Fact]
    public void Where_nothing_is_close_the_few_names_are_listed()
    {
        Assert.Equal("did you mean \"bowl\"?", Suggest.For("bowll", Names));
        Assert.Equal("there is: bowl, lid, brightness, switch-on, switch-off, power", Suggest.For("zzz", Names));
        Assert.Null(Suggest.For("zzz", []));
        Assert.Null(Suggest.For("zzz", Enumerable.Range(0, 100).Select(number => $"name-{number}")));
    }
}
