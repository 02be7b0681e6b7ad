using DotNet.Testcontainers.Configurations;
using IotMqtt.Containers.Tests.Images;

[assembly: AssemblyFixture(typeof(ProjectImages))]

namespace IotMqtt.Containers.Tests.Images;

/// <summary>The project's own images and a Mosquitto, built once for all tests.</summary>
public sealed class ProjectImages : IAsyncLifetime
{
    public const string Broker = "iotmqtt-broker";
    public const string Devices = "iotmqtt-devices";
    public const string Orchestrator = "iotmqtt-orchestrator";
    public const string AllInOne = "iotmqtt";
    public const string Mosquitto = "iotmqtt-test-mosquitto";

    public async ValueTask InitializeAsync()
    {
        if (await DockerEngine.WhyNotAsync() is not null)
        {
            return;
        }

        // Each test takes its containers away itself; the reaper is an image that would have to be pulled first.
        TestcontainersSettings.ResourceReaperEnabled = false;
        var folder = Path.Combine(Repository.Root, "tests", "containers", "Images");
        await DockerEngine.MustAsync("compose", "--profile", "command", "build", "--quiet");
        await DockerEngine.MustAsync("build", "--quiet", "--tag", AllInOne, ".");
        await DockerEngine.MustAsync("build", "--quiet", "--tag", Mosquitto, "--file", Path.Combine(folder, "mosquitto.Dockerfile"), folder);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
