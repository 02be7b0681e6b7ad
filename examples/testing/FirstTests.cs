using IotMqtt.Testing;
using Xunit;

namespace IotMqtt.Examples;

/// <summary>A first test with a device that stands in: ten lines. It is run as it is; the README and docs/testing.md show it.</summary>
public sealed class FirstTests
{
    [Fact]
    public async Task A_unit_answers()
    {
        await using var lab = await IotLab.StartAsync();
        await lab.Device("unit-7").When("acme/7/downlink", m => m["op"] == "reboot").Reply("acme/7/uplink", m => new { id = m["id"], ok = true });

        var answer = lab.Expect("acme/7/uplink", m => m.Value["ok"].AsBoolean);
        await lab.PublishAsync("acme/7/downlink", new { op = "reboot", id = 1 }); // your back end does this; it connects to lab.BrokerUri

        Assert.Equal(1, (await answer).Value["id"].AsInteger);
    }
}
