using IotMqtt.Testing;
using Xunit;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Examples;

/// <summary>A first test with a lab. It is run as it is; docs/testing.md shows it.</summary>
public sealed class LabTests
{
    [Fact]
    public async Task The_speaker_plays()
    {
        await using var lab = await IotLab.StartAsync("examples/fleets/home.yaml");

        var run = await lab.RunAsync(Sequence(Do("speaker.switch-on"), Do("speaker.play", new { song = "Africa" })));

        run.ShouldSucceed();
        Assert.True(lab.Device("speaker").State["playing"].AsBoolean);
    }
}
