using System.Net.Sockets;
using IotMqtt.Models.Reading;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Testing.Tests;

/// <summary>How labs begin and end, beside each other and after each other.</summary>
public sealed class LabLifeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_broker_is_there_before_the_fleet()
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        Assert.Equal("mqtt", lab.BrokerUri.Scheme);
        Assert.NotEqual(0, lab.BrokerUri.Port);
        await Assert.ThrowsAsync<LabException>(() => lab.RunAsync(Do("light.switch-on"), Token));

        await lab.HostAsync(Homes.Fleet, Token);

        (await lab.RunAsync(Do("light.switch-on"), Token)).ShouldSucceed();
        await Assert.ThrowsAsync<LabException>(() => lab.HostAsync(Homes.Fleet, Token));
        Assert.Contains("light, speaker, slow", Assert.Throws<ArgumentException>(() => lab.Device("lamp")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fleet_that_is_not_valid_fails_with_all_that_is_wrong_and_where()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.yaml");
        await File.WriteAllTextAsync(file, "fleet: wrong\ndevices:\n  - { id: a, model: no-such }\n  - { id: b/c, model: hue-light }\n", Token);

        var wrong = await Assert.ThrowsAsync<InvalidFileException>(() => IotLab.StartAsync(file, cancellationToken: Token));

        Assert.Equal([(file, 3), (file, 4)], wrong.Diagnostics.Select(diagnostic => (diagnostic.At.File, diagnostic.At.Line)));
        File.Delete(file);
    }

    [Fact]
    public async Task Two_hundred_labs_run_beside_each_other()
    {
        var labs = Enumerable.Range(0, 200).Select(async _ =>
        {
            await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
            (await lab.RunAsync(Sequence(Do("speaker.switch-on"), Do("speaker.play", new { song = "Africa" })), Token)).ShouldSucceed();
            return (lab.Root, lab.BrokerUri, Commands: lab.Device("speaker").Received.Count);
        });

        var all = await Task.WhenAll(labs);

        Assert.Equal(200, all.Select(lab => lab.Root).Distinct().Count());
        Assert.All(all, lab => Assert.Equal(2, lab.Commands));
        Assert.All(all, lab => Assert.False(IsListening(lab.BrokerUri)));
    }

    [Fact]
    public async Task A_second_lab_on_one_root_topic_of_one_broker_is_refused()
    {
        await using var mosquitto = await MosquittoBroker.StartAsync(Token);
        var options = new IotLabOptions { Broker = BrokerUrl.Parse(mosquitto.Url), Root = RootTopic.Parse("mine") };
        var first = await IotLab.StartAsync(options, Token);

        var second = await Assert.ThrowsAsync<LabException>(() => IotLab.StartAsync(options, Token));
        await first.DisposeAsync();

        Assert.Contains("another lab of this process has it", second.Message, StringComparison.Ordinal);
        await using var third = await IotLab.StartAsync(Homes.Fleet, options, Token);
        (await third.RunAsync(Do("light.switch-on"), Token)).ShouldSucceed();
    }

    [Fact]
    public async Task A_lab_where_devices_of_another_process_are_online_is_refused()
    {
        await using var mosquitto = await MosquittoBroker.StartAsync(Token);
        var broker = BrokerUrl.Parse(mosquitto.Url);
        await using var others = await Runner.Running.ProgramRunner.StartAsync(new() { Fleet = Homes.Fleet, Broker = broker, Root = RootTopic.Parse("mine") }, Token);
        await others.RunAsync(Engine.Programs.DeviceProgram.Create("theirs", Do("light.switch-on")), Token);

        var refused = await Assert.ThrowsAsync<LabException>(() => IotLab.StartAsync(new IotLabOptions { Broker = broker, Root = RootTopic.Parse("mine") }, Token));

        Assert.Contains("devices are online there", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_your_broker_a_lab_leaves_nothing_behind()
    {
        await using var mosquitto = await MosquittoBroker.StartAsync(Token);
        var broker = BrokerUrl.Parse(mosquitto.Url);
        await using (var lab = await IotLab.StartAsync(Homes.Fleet, new IotLabOptions { Broker = broker }, Token))
        {
            (await lab.RunAsync(Do("light.switch-on"), Token)).ShouldSucceed();
            await lab.PublishAsync("yours", "kept", retain: true, cancellationToken: Token);
        }

        await using var after = await IotLab.StartAsync(new IotLabOptions { Broker = broker, Topics = ["#"] }, Token);

        Assert.Equal("yours", Assert.Single(after.Messages, message => message.Retained).Topic);
    }

    [Fact]
    public async Task A_retained_message_meets_no_expectation()
    {
        await using var mosquitto = await MosquittoBroker.StartAsync(Token);
        var options = new IotLabOptions { Broker = BrokerUrl.Parse(mosquitto.Url), Topics = ["acme/#"] };
        await using var first = await IotLab.StartAsync(options, Token);
        await first.PublishAsync("acme/1", "before", retain: true, cancellationToken: Token);
        await using var second = await IotLab.StartAsync(options, Token);
        var expected = second.Expect("acme/1", cancellationToken: Token);

        await first.PublishAsync("acme/1", "now", retain: true, cancellationToken: Token);

        Assert.Equal("now", (await expected).Text);
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_said()
    {
        var nobody = new IotLabOptions { Broker = BrokerUrl.Parse("mqtt://127.0.0.1:1") };

        var failed = await Assert.ThrowsAsync<LabException>(() => IotLab.StartAsync(Homes.Fleet, nobody, Token));

        Assert.Contains("127.0.0.1:1", failed.Message, StringComparison.Ordinal);
    }

    private static bool IsListening(Uri broker)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(broker.Host, broker.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
