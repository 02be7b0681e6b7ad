using IotMqtt.Models.Values;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Running;
using IotMqtt.Runner.Tests.Support;

namespace IotMqtt.Runner.Tests.Running;

public sealed class DeviceConnectionTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Devices_are_listed_with_their_models_and_commands()
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet }, Token);
        await runner.RunAsync(Home.WakeUp, Token);
        await using var connection = await DeviceConnection.ConnectAsync(new() { Broker = runner.Broker }, Token);

        var devices = await connection.ListAsync(Token);

        Assert.Equal(["bedroom-light", "speaker", "toilet"], devices.Select(device => device.Id));
        Assert.All(devices, device => Assert.True(device.Online));
        Assert.Equal("smart-speaker", devices[1].Model);
        Assert.Contains("play", devices[1].Commands);
    }

    [Fact]
    public async Task A_command_is_sent_and_its_phases_are_told()
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet }, Token);
        await runner.RunAsync(Home.WakeUp, Token);
        await using var connection = await DeviceConnection.ConnectAsync(new() { Broker = runner.Broker }, Token);
        var phases = new Phases();

        var reply = await connection.SendAsync(
            DeviceId.Parse("speaker"), CommandName.Parse("play"), ValueMap.Of(("song", Value.Of("Gymnopédie No. 1"))), Long, phases, Token);

        Assert.True(reply.IsAnswered);
        Assert.Equal(AcknowledgementStatus.Succeeded, reply.Acknowledgement.Status);
        Assert.Contains(AcknowledgementStatus.Running, phases.Seen);
    }

    [Fact]
    public async Task A_device_that_is_not_there_is_unreachable()
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Home.Fleet }, Token);
        await using var connection = await DeviceConnection.ConnectAsync(new() { Broker = runner.Broker }, Token);

        var reply = await connection.SendAsync(DeviceId.Parse("toaster"), CommandName.Parse("toast"), ValueMap.Empty, Long, null, Token);

        Assert.Equal(ReplyOutcome.Unreachable, reply.Outcome);
    }

    private sealed class Phases : IProgress<Acknowledgement>
    {
        public List<AcknowledgementStatus> Seen { get; } = [];

        public void Report(Acknowledgement value) => Seen.Add(value.Status);
    }
}
