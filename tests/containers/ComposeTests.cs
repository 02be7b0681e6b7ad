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

    [Fact]
    public async Task A_second_worker_stands_by_and_serves_when_the_first_is_gone()
    {
        await ComposeAsync("up", "-d", "--wait", "--scale", "devices=2");

        // With its dependencies, run would bring the workers back to one.
        await ComposeAsync("run", "--rm", "-T", "--no-deps", "orchestrator", "run", "examples/programs/wake-up.yaml");

        await DockerEngine.MustAsync("stop", "--time", "10", $"{_project}-devices-1");
        var alone = await ComposeAsync("run", "--rm", "-T", "--no-deps", "orchestrator", "run", "examples/programs/sleep.yaml");

        Assert.Contains("toilet.clean", alone, StringComparison.Ordinal);
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
