using IotMqtt.Models.Devices;

namespace IotMqtt.Orchestrator.Tests.Cli;

/// <summary><c>iotmqtt models</c>.</summary>
public sealed class ModelsTests : CliTest
{
    [Fact]
    public async Task All_that_a_fleet_may_name_are_listed()
    {
        var result = await RunAsync("models");

        Assert.Equal(0, result.Code);
        Assert.All(BuiltInModels.All.Select(model => model.Name).Concat(ModelCatalogue.Names), name => Assert.Contains(name, result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_is_printed_as_its_file_has_it()
    {
        var result = await RunAsync("models", "tasmota-plug");

        Assert.Equal(ModelCatalogue.TextOf("tasmota-plug"), result.Output);
    }

    [Fact]
    public async Task One_that_is_not_there_is_an_error() => Assert.Equal(2, (await RunAsync("models", "tasmota")).Code);
}
