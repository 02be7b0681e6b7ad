using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Fleets;

public sealed class FleetShareTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void The_parts_are_the_fleet_and_have_nothing_in_common(int of)
    {
        var model = BuiltInModels.All[0];
        var fleet = new FleetDefinition
        {
            Name = "f",
            Devices = [.. Enumerable.Range(1, 1000).Select(n => new DeviceDefinition { Id = $"d-{n}", Model = model, At = SourcePosition.None })],
        };
        var parts = Enumerable.Range(1, of).Select(number => new FleetShare(number, of).Take(fleet).Devices).ToArray();

        Assert.Equal(fleet.Devices.Select(device => device.Id).Order(), parts.SelectMany(part => part).Select(device => device.Id).Order());
        Assert.All(parts, part => Assert.InRange(part.Length, 1000 / of / 2, 1000 / of * 2));
    }

    [Theory]
    [InlineData("2/4", true)]
    [InlineData("1/1", true)]
    [InlineData("0/4", false)]
    [InlineData("5/4", false)]
    [InlineData("2", false)]
    [InlineData("a/b", false)]
    [InlineData("-1/2", false)]
    public void A_part_is_written_as_number_and_count(string text, bool isPart) => Assert.Equal(isPart, FleetShare.TryParse(text, out _));
}
