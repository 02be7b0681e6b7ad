using IotMqtt.Models.Devices;

namespace IotMqtt.Models.Tests.Devices;

public sealed class BuiltInModelsTests
{
    [Theory]
    [InlineData("hue-light", "power color brightness", "switch-on switch-off change-color")]
    [InlineData("smart-speaker", "power playing song", "switch-on switch-off play stop")]
    [InlineData("smart-toilet", "bowl lid", "open close flush clean")]
    public void The_models_have_their_properties_and_commands(string name, string properties, string commands)
    {
        var model = BuiltInModels.Find(name)!;

        Assert.Equal(properties.Split(' '), model.Properties.Select(property => property.Name));
        Assert.Equal(commands.Split(' '), model.Commands.Select(command => command.Name));
        Assert.All(model.Commands, command => Assert.Equal(TimeSpan.FromMilliseconds(500), command.Takes.Mean));
    }

    [Fact]
    public void A_broken_order_has_a_reason_to_give()
    {
        Assert.Equal("the speaker is off", BuiltInModels.Find("smart-speaker")!.FindCommand("play")!.Otherwise);
        Assert.Equal("the bowl has not been flushed", BuiltInModels.Find("smart-toilet")!.FindCommand("clean")!.Otherwise);
    }

    [Theory]
    [InlineData("hue-light", "ce744e063f7941273ba3f9372e35aa06")]
    [InlineData("smart-speaker", "7019fa2d5c679e33250e4cd86a8901e3")]
    [InlineData("smart-toilet", "1cdac843073f01f6089e41517f012d3e")]
    public void The_hashes_never_change_unnoticed(string name, string hash) => Assert.Equal(hash, BuiltInModels.Find(name)!.Hash);
}
