using IotMqtt.Testing.Containers;

namespace IotMqtt.Containers.Tests.Kit;

/// <summary>The kit for tests with Testcontainers, on the project's own images.</summary>
public sealed class IotMqttContainersTests
{
    private static readonly string Examples = Path.Combine(Repository.Root, "examples");

    [Fact]
    public async Task A_fleet_is_mounted_programs_are_run_and_their_reports_fetched()
    {
        await DockerEngine.RequireAsync();
        var token = TestContext.Current.CancellationToken;
        await using var iot = new IotMqttBuilder().WithFolder(Examples).WithFleet("fleets/home.yaml").Build();
        await iot.StartAsync(token);

        var run = (await iot.RunAsync("programs/wake-up.yaml", cancellationToken: token)).ShouldSucceed();
        var failed = await iot.RunAsync("programs/everything-at-once.yaml", cancellationToken: token);

        Assert.Equal("wake-up", run.Report.GetProperty("program").GetString());
        Assert.Equal(3, run.Report.GetProperty("steps").GetArrayLength());
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("the bowl has not been flushed", Assert.Throws<ContainerRunException>(failed.ShouldSucceed).Message, StringComparison.Ordinal);
        Assert.Equal("mqtt", iot.BrokerUri.Scheme);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(iot.BrokerUri.Host, iot.BrokerUri.Port, token);
    }

    [Fact]
    public async Task A_fleet_that_cannot_start_says_all_that_is_wrong_and_leaves_nothing()
    {
        await DockerEngine.RequireAsync();
        var folder = Directory.CreateTempSubdirectory("iotmqtt-kit-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "fleet.yaml"), "fleet: wrong\ndevices:\n  - { id: a, model: no-such }\n", TestContext.Current.CancellationToken);
        await using var iot = new IotMqttBuilder { Patience = TimeSpan.FromMinutes(1) }.WithFleet(Path.Combine(folder.FullName, "fleet.yaml")).Build();

        var failed = await Assert.ThrowsAsync<ContainerRunException>(() => iot.StartAsync(TestContext.Current.CancellationToken));

        folder.Delete(recursive: true);
        Assert.Contains("fleet.yaml:3", failed.Message, StringComparison.Ordinal);
        Assert.Contains("no-such", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_said_before_anything_starts()
    {
        Assert.Throws<FileNotFoundException>(() => new IotMqttBuilder().WithFleet("no-such.yaml").Build());
        Assert.Throws<ArgumentException>(() => new IotMqttBuilder().WithFolder(Path.Combine(Examples, "programs")).WithFleet("../fleets/home.yaml").Build());
    }
}
