namespace IotMqtt.Orchestrator.Tests.Cli;

public sealed class DoctorTests : CliTest
{
    [Fact]
    public async Task Where_nothing_is_missing_it_says_so_and_what_there_is()
    {
        var result = await RunAsync("doctor", "--fleet", WriteHome());

        Assert.True(result.Code == 0, result.Output + result.Error);
        Assert.All(["✓ runtime", "✓ temporary files", "✓ loopback", "✓ open files", "✓ fleet", "mosquitto clients", "docker"], part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
        Assert.EndsWith("\n✓ programs can run here\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_missing_is_named_at_once_with_what_to_do()
    {
        var fleet = Write("big.yaml", "fleet: big\ndevices: [ { id: \"d-${n}\", model: hue-light, count: 2000 } ]\n");

        var result = await RunAsync("doctor", "--fleet", fleet, "--broker", "mqtt://127.0.0.1:1");

        Assert.Equal(3, result.Code);
        Assert.Contains("✕ broker", result.Output, StringComparison.Ordinal);
        Assert.Contains("start it, or mend its address", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n✕ 1 thing is missing\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fleet_that_is_not_valid_is_among_it()
    {
        var result = await RunAsync("doctor", "--fleet", Write("broken.yaml", "fleet: broken\ndevices: [ { id: x, model: nothing } ]\n"));

        Assert.Equal(2, result.Code);
        Assert.Contains("✕ fleet             broken.yaml:2:", result.Output, StringComparison.Ordinal);
    }
}
