namespace IotMqtt.Containers.Tests;

/// <summary>The three commands of the README, with a project name and a port of the test's own.</summary>
public sealed class ComposeTests : IAsyncLifetime
{
    private readonly string _project = "iotmqtt-test-" + Guid.NewGuid().ToString("N")[..8];

    public ValueTask InitializeAsync() => new(DockerEngine.RequireAsync());

    [Fact]
    public async Task Up_run_down_work_as_the_README_says()
    {
        await ComposeAsync("up", "-d", "--wait");

        var wakeUp = await ComposeAsync("run", "--rm", "-T", "orchestrator", "run", "examples/programs/wake-up.yaml");
        var sleep = await ComposeAsync("run", "--rm", "-T", "orchestrator", "run", "examples/programs/sleep.yaml");

        Assert.Contains("speaker.play", wakeUp, StringComparison.Ordinal);
        Assert.Contains("toilet.clean", sleep, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (await DockerEngine.WhyNotAsync() is null)
        {
            await ComposeAsync("down", "--timeout", "5");
        }
    }

    private Task<string> ComposeAsync(params string[] arguments) =>
        DockerEngine.MustAsync(["compose", "--project-name", _project, "--file", "docker-compose.yml", "--file", "tests/containers/any-port.yml", .. arguments]);
}
