using IotMqtt.Engine.Programs;
using IotMqtt.Examples;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.StandIns;
using IotMqtt.Runner.Running;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Testing.Tests;

/// <summary>Devices as classes, over a broker and in virtual time.</summary>
public sealed class StandInClassTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static FleetDefinition Units { get; } = new FleetBuilder("acme").Add<AcmeUnit>("unit-${n}", count: 3, vars: new { serial = "SN${pad(n, 4)}" }).Build();

    [Fact]
    public async Task A_class_speaks_the_devices_topics_and_is_commanded_by_programs()
    {
        await using var lab = await IotLab.StartAsync(Units, cancellationToken: Token);
        var answer = lab.Expect("acme/SN0002/uplink", cancellationToken: Token);

        await lab.PublishAsync("acme/SN0002/downlink", new { op = "reboot", id = 5 }, cancellationToken: Token);

        Assert.Equal("""{"id":5,"ok":true}""", (await answer).Text);
        (await lab.RunAsync(Do("unit-2.reboot", new { id = 6 }).Expect(Event("unit-2.rebooted", "value.id == 6"), TimeSpan.FromSeconds(5)), Token)).ShouldSucceed();
        Assert.Equal(2, lab.Device("unit-2").State["boots"].AsInteger);
        var refused = await Assert.ThrowsAsync<LabException>(() => lab.RunAsync(Do("unit-1.reboot"), Token));
        Assert.Contains("reboot needs the argument", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_class_goes_in_virtual_time()
    {
        var program = DeviceProgram.Create("reboot", Publish("acme/SN0003/downlink", new { op = "reboot", id = 1 }).Expect(Topic("acme/SN0003/uplink", "value.ok"), TimeSpan.FromMinutes(1)));

        var result = ProgramRunner.DryRun(program, Units, cancellationToken: Token);

        Assert.True(result.Verdict.ExitCode == 0, string.Join("\n", result.Verdict.Errors));
        Assert.InRange(result.Verdict.Makespan, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public async Task A_class_extends_a_model_and_a_fleet_file_names_it()
    {
        var fleet = LabFleet.FromYaml("fleet: home\ndevices: [ { id: light, model: dimmer } ]\n", new FleetOptions { Models = [StandIn.ModelOf<Dimmer>()] });
        await using var lab = await IotLab.StartAsync(fleet, cancellationToken: Token);

        (await lab.RunAsync(Do("light.dim", new { to = "low" }), Token)).ShouldFail("the light is off");
        (await lab.RunAsync(Sequence(Do("light.switch-on"), Do("light.dim", new { to = "low" })), Token)).ShouldSucceed();
        (await lab.RunAsync(Do("light.dim", new { to = "broken" }), Token)).ShouldFail("the dimmer is broken");

        var state = lab.Device("light").State;
        Assert.Equal((20, "low", true), (state["brightness"].AsInteger, state["level"].AsText, state["power"].AsBoolean));
        Assert.Equal(1, state["switched"].AsInteger);
    }

    [Fact]
    public async Task A_class_says_by_itself_what_it_has_to_say()
    {
        var fleet = new FleetBuilder("meters").Add<Meter>("meter").Build();
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        var born = lab.Expect("meters/meter/online", m => m.Text == "yes", cancellationToken: Token);
        var read = lab.Expect($"{lab.Root}/devices/meter/telemetry/kwh", cancellationToken: Token);
        var ticked = lab.Expect("meters/meter/tick", cancellationToken: Token);
        var will = lab.Expect("meters/meter/online", m => m.Text == "no", cancellationToken: Token);

        await lab.HostAsync(fleet, Token);

        await born;
        Assert.InRange((await read).Value.AsNumber, 0, 1);
        Assert.Equal("tick", (await ticked).Text);
        await lab.PublishAsync("meters/meter/drop", cancellationToken: Token);
        await will;
    }

    [Fact]
    public void All_that_is_wrong_with_a_class_is_said()
    {
        var wrong = Assert.Throws<InvalidFileException>(StandIn.ModelOf<Wrong>).Message;

        Assert.Contains("(Wrong)", wrong, StringComparison.Ordinal);
        Assert.Contains("0.5s", wrong, StringComparison.Ordinal);
        Assert.Contains("[Requires(\"rebot\")] names no command", wrong, StringComparison.Ordinal);
        Assert.Contains("serial", Assert.Throws<InvalidFileException>(() => new FleetBuilder("acme").Add<AcmeUnit>("unit").Build()).Message, StringComparison.Ordinal);
    }

    private enum Level
    {
        High,
        Low,
        Broken,
    }

    [Model(Extends = "hue-light")]
    private sealed class Dimmer : StandIn
    {
        [Property]
        public Level Level { get; set; }

        [Property]
        public int Brightness { get; set; }

        [Property]
        public bool Power { get; set; }

        [Property]
        public int Switched { get; set; }

        [Requires("dim")]
        public string? IsOn() => Power ? null : "the light is off";

        [Command(Takes = "0s")]
        public void Dim(Level to)
        {
            (Level, Brightness) = (to, 20);
            if (to == Level.Broken)
            {
                throw new CommandFailedException("the dimmer is broken");
            }
        }

        [Command]
        public void SwitchOn() => Switched++;
    }

    [Will("meters/${id}/online", "no", Retain = true)]
    private sealed class Meter : StandIn
    {
        [Telemetry("20ms")]
        public double Kwh() => Device.Chance();

        [Every("20ms")]
        public void Tick() => Device.Publish($"meters/{Device.Id}/tick", "tick");

        [Receives("meters/${id}/drop")]
        public void Drop() => Device.Disconnect(TimeSpan.FromMilliseconds(50));

        protected override void OnConnected() => Device.Publish($"meters/{Device.Id}/online", "yes", new StandInPublication { Retain = true });
    }

    private sealed class Wrong : StandIn
    {
        [Property]
        public int Boots { get; set; }

        [Command(Takes = "0.5s")]
        public void Reboot() => Boots++;

        [Requires("rebot")]
        public string? No() => Boots > 9 ? "worn out" : null;
    }
}
