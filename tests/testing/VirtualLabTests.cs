using System.Diagnostics;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Links;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Testing.Tests;

/// <summary>Labs in virtual time.</summary>
public sealed class VirtualLabTests
{
    [Fact]
    public void A_day_of_devices_takes_no_time_and_is_the_same_again()
    {
        using var lab = new VirtualLab(Homes.Fleet, new IotLabOptions { Seed = 7 });
        var began = Stopwatch.GetTimestamp();

        var first = lab.Run(Sequence(Do("light.switch-on"), Delay(TimeSpan.FromHours(24)), Do("slow.switch-on"))).ShouldSucceed();
        var second = lab.Run(Sequence(Do("light.switch-on"), Delay(TimeSpan.FromHours(24)), Do("slow.switch-on"))).ShouldSucceed();

        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 5);
        Assert.Equal(TimeSpan.FromHours(24).TotalMilliseconds + 60_000, first.Report.MakespanMs);
        Assert.Equal(first.Report.Steps.Select(step => step.DoneAt), second.Report.Steps.Select(step => step.DoneAt));
        Assert.Equal(Value.True, lab.Device("slow").State["power"]);
        Assert.Equal("iotmqtt/devices/light/cmd/switch-on", Assert.Single(lab.Device("light").Received).Topic);
    }

    [Fact]
    public void Rules_hold_in_virtual_time()
    {
        using var lab = new VirtualLab(Homes.Fleet);
        var rule = lab.Device("speaker").When("home/announce").Reply("home/announced", m => m.Text, new StandInPublication { After = TimeSpan.FromMinutes(10) });

        var run = lab.Run(Publish("home/announce", "dinner").Expect(Topic("home/announced", "value == 'dinner'"), TimeSpan.FromHours(1)));

        run.ShouldSucceed();
        Assert.Equal(TimeSpan.FromMinutes(10).TotalMilliseconds, run.Report.MakespanMs);
        Assert.Equal(1, rule.Hits);
        Assert.Equal("home/announced", Assert.Single(lab.Device("speaker").Sent).Topic);
        Assert.Contains("home/announced  dinner", lab.Messages[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        using var lab = new VirtualLab(Homes.Fleet);

        lab.Run(Do("speaker.play")).ShouldFail("the speaker is off");
        Assert.Throws<LabException>(() => lab.Run(Do("light.explode")));
        Assert.Throws<ArgumentException>(() => lab.Device("lamp"));
        Assert.Throws<ArgumentException>(() => new VirtualLab(Homes.Fleet, new IotLabOptions { Broker = BrokerUrl.Parse("mqtt://host") }));
    }
}
