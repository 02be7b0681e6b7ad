using IotMqtt.Engine.Programs;
using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Links;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Testing.Tests;

/// <summary>Rules that a test gives devices: when this comes, reply that.</summary>
public sealed class StandInRuleTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_comes_to_be_with_its_first_rule_and_answers()
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        var unit = lab.Device("unit-7");
        var rule = unit.When("acme/+/downlink", m => m["op"] == "reboot").Reply(m => $"acme/{m.Levels[1]}/uplink", m => new { id = m["id"], ok = true });
        await rule;
        var answer = lab.Expect("acme/+/uplink", cancellationToken: Token);

        await lab.PublishAsync("acme/7/downlink", new { op = "flash", id = 1 }, cancellationToken: Token);
        await lab.PublishAsync("acme/7/downlink", new { op = "reboot", id = 2 }, cancellationToken: Token);

        Assert.Equal("""{"id":2,"ok":true}""", (await answer).Text);
        Assert.Equal(1, rule.Hits);
        Assert.Equal([1, 2], unit.Received.Select(message => message.Value["id"].AsInteger));
        Assert.Equal("acme/7/uplink", Assert.Single(unit.Sent).Topic);
        Assert.True(unit.IsOnline);
    }

    [Fact]
    public async Task The_newest_rule_that_fits_handles_a_message_and_an_older_one_when_that_is_used_up()
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        var unit = lab.Device("unit-7");
        await unit.When("acme/7/ask").Reply("acme/7/say", "as ever");
        await unit.When("acme/7/ask").Times(1).Reply("acme/7/say", "once");

        Assert.Equal("once", await AskAsync(lab));
        Assert.Equal("as ever", await AskAsync(lab));
    }

    [Fact]
    public async Task Rules_have_states()
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        var unit = lab.Device("unit-7");
        await unit.When("acme/7/ask").InState("").Reply("acme/7/say", "first").ToState("asked");
        await unit.When("acme/7/ask").InState("asked").Reply("acme/7/say", "again");

        Assert.Equal(["first", "again", "again"], new[] { await AskAsync(lab), await AskAsync(lab), await AskAsync(lab) });
    }

    [Fact]
    public async Task A_request_is_answered_to_its_response_topic_with_its_correlation_data()
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        await lab.Device("meter").When("meters/1/read").Respond(_ => new { kwh = 12.5 });

        Assert.Equal(Value.Of(12.5), (await lab.RequestAsync("meters/1/read", cancellationToken: Token)).Value["kwh"]);
    }

    [Fact]
    public async Task A_reply_that_waits_comes_later_and_one_that_is_lost_never()
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        var unit = lab.Device("unit-7");
        await unit.When("acme/7/slow").Reply("acme/7/say", "late", new StandInPublication { After = TimeSpan.FromMilliseconds(200) });
        await unit.When("acme/7/slow", m => m.Text == "lost").Ignore();

        var slow = unit.ExpectSent("acme/7/say", cancellationToken: Token);
        await lab.PublishAsync("acme/7/slow", "lost", cancellationToken: Token);
        await lab.PublishAsync("acme/7/slow", "heard", cancellationToken: Token);
        await slow;

        Assert.Equal(["lost", "heard"], unit.Received.Select(message => message.Text));
        Assert.InRange((unit.Sent[0].At - unit.Received[1].At).TotalMilliseconds, 190, 5_000);
        Assert.Single(unit.Sent);
    }

    [Fact]
    public async Task A_device_of_a_fleet_does_what_its_rules_say_besides_its_model()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        var light = lab.Device("light");
        await light.When("home/light/set", m => m.Text == "on").Do("switch-on").Reply("home/light/heard", "on");
        await light.When("home/light/paint").Set("color", "#00ff00");

        var heard = lab.Expect("home/light/heard", cancellationToken: Token);
        await lab.PublishAsync("home/light/set", "on", cancellationToken: Token);
        await heard;
        await light.StateAsync(state => state["power"].AsBoolean, cancellationToken: Token);
        await lab.PublishAsync("home/light/paint", cancellationToken: Token);
        await light.StateAsync(state => state["color"] == "#00ff00", cancellationToken: Token);

        Assert.Equal(["home/light/set", "home/light/paint"], light.Received.Select(message => message.Topic));
    }

    [Fact]
    public async Task What_a_rule_throws_is_said_where_its_answer_is_missed_and_nothing_of_it_happens()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        var light = lab.Device("light");
        await light.When("home/light/set").Set("power", true).Reply("home/light/heard", m => m["no-such"].AsText);
        var answer = lab.Expect("home/light/heard", within: Soon, cancellationToken: Token);

        await lab.PublishAsync("home/light/set", "on", cancellationToken: Token);

        var missed = (await Assert.ThrowsAsync<LabException>(() => answer)).Message;
        Assert.Contains("light: when home/light/set: a Text was expected", missed, StringComparison.Ordinal);
        Assert.Equal(Value.False, light.State["power"]);
    }

    [Fact]
    public async Task A_rule_that_would_take_the_devices_own_commands_is_refused()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);

        await Assert.ThrowsAsync<ArgumentException>(async () => await lab.Device("light").When("#").Ignore());
        Assert.Throws<ArgumentException>(() => lab.Device("light").When("a/#/b"));
    }

    [Fact]
    public async Task A_fleet_with_a_device_that_stands_in_already_is_refused()
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        await lab.Device("light").When("home/light/set").Ignore();

        var refused = await Assert.ThrowsAsync<LabException>(() => lab.HostAsync(Homes.Fleet, Token));

        Assert.Contains("light stands in already", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_Mosquitto_a_wider_rule_takes_over_from_a_narrower_one_and_nothing_comes_twice()
    {
        await using var mosquitto = await MosquittoBroker.StartAsync(Token);
        await using var lab = await IotLab.StartAsync(new IotLabOptions { Broker = BrokerUrl.Parse(mosquitto.Url), Topics = ["acme/#"] }, Token);
        var unit = lab.Device("unit-7");
        await unit.When("acme/7/ask").Reply("acme/7/say", "narrow");
        await unit.When("acme/+/ask").Reply("acme/7/say", "wide");

        Assert.Equal("wide", await AskAsync(lab));
        Assert.Equal("wide", await AskAsync(lab));
        Assert.Equal(2, unit.Received.Count);
    }

    [Fact]
    public async Task A_program_looks_at_what_a_rule_does()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        await lab.Device("speaker").When("home/announce").Reply("home/announced", m => m.Text);

        var run = await lab.RunAsync(Publish("home/announce", "dinner").Expect(Topic("home/announced", "value == 'dinner'"), TimeSpan.FromSeconds(5)), Token);

        run.ShouldSucceed();
    }

    private static async Task<string> AskAsync(IotLab lab)
    {
        var said = lab.Expect("acme/7/say", cancellationToken: Token);
        await lab.PublishAsync("acme/7/ask", cancellationToken: Token);
        return (await said).Text;
    }
}
