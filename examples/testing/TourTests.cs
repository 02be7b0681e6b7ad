using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.StandIns;
using IotMqtt.Testing;
using Xunit;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Examples;

/// <summary>The steps of docs/tour.md. They are run as they are.</summary>
public sealed class TourTests
{
    [Fact]
    public async Task Rules_have_states_delays_and_faults()
    {
        await using var lab = await IotLab.StartAsync();
        var unit = lab.Device("unit-7");
        await unit.When("acme/7/downlink").Reply("acme/7/uplink", "done", new StandInPublication { After = TimeSpan.FromMilliseconds(20) });
        await unit.When("acme/7/downlink").InState("").Reply("acme/7/uplink", "not yet").ToState("asked");
        await unit.When("acme/7/downlink", m => m.Text == "lost").Ignore();

        await lab.PublishAsync("acme/7/downlink", "lost");
        await lab.PublishAsync("acme/7/downlink");
        var answer = unit.ExpectSent("acme/7/uplink", m => m.Text == "done");
        await lab.PublishAsync("acme/7/downlink");
        await answer;

        Assert.Equal(["not yet", "done"], unit.Sent.Select(m => m.Text));
        Assert.Equal(3, unit.Received.Count);
    }

    [Fact]
    public async Task A_fleet_of_a_class_is_commanded_by_a_program()
    {
        var fleet = new FleetBuilder("acme").Add<AcmeUnit>("unit-${n}", count: 20, vars: new { serial = "SN${pad(n, 4)}" }).Build();
        await using var lab = await IotLab.StartAsync(fleet);

        var run = await lab.RunAsync(Each("acme-unit", Do("d.reboot", new { id = 7 })));

        run.ShouldSucceed();
        Assert.All(fleet.Devices, device => Assert.Equal(1, lab.Device(device.Id).State["boots"].AsInteger));
    }

    [Fact]
    public void The_same_in_virtual_time()
    {
        using var lab = new VirtualLab("examples/fleets/home.yaml");

        var run = lab.Run(Sequence(Do("speaker.switch-on"), Delay(TimeSpan.FromHours(8)), Do("speaker.play", new { song = "Africa" })));

        run.ShouldSucceed();
        Assert.Equal("Africa", lab.Device("speaker").State["song"].AsText);
    }

    [Fact]
    public async Task A_failure_says_what_and_where()
    {
        await using var lab = await IotLab.StartAsync("examples/fleets/home.yaml");

        var run = await lab.RunAsync("examples/programs/everything-at-once.yaml");

        run.ShouldFail("the speaker is off");
    }
}
