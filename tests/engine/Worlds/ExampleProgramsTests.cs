using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Tests.Worlds;

public sealed class ExampleProgramsTests
{
    [Theory]
    [InlineData("wake-up", 1000)]
    [InlineData("sleep", 1000)]
    [InlineData("wake-up-unequal", 1000)]
    [InlineData("sleep-unequal", 900)]
    public void A_home_takes_as_long_as_its_critical_path(string name, int milliseconds)
    {
        var verdict = Run(name);

        Assert.Equal(RunStatus.Succeeded, verdict.Status);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), verdict.Makespan);
        Assert.Equal(1, verdict.Efficiency);
    }

    [Fact]
    public void Everything_at_once_is_caught_by_the_models()
    {
        var verdict = Run("everything-at-once");

        Assert.Equal(1, verdict.ExitCode);
        Assert.Contains(verdict.Errors, error => error.ToString().StartsWith("speaker.play rejected: ", StringComparison.Ordinal));
        Assert.Contains(verdict.Errors, error => error.ToString().StartsWith("toilet.clean rejected: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_example_ends_and_equal_seeds_end_equally()
    {
        foreach (var path in Directory.EnumerateFiles(Folder, "*.yaml"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var (one, other) = (Run(name), Run(name));
            Assert.Equal(one with { Errors = [] }, other with { Errors = [] });
            Assert.Equal(one.Errors, other.Errors);
        }
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "examples", "programs");

    /// <summary>The parameters that have no default.</summary>
    private static ImmutableArray<KeyValuePair<string, string>> SetFor(string name) => name == "scene" ? [new("light", "bedroom-light")] : [];

    private static Verdict Run(string name)
    {
        var diagnostics = new DiagnosticBag();
        var loaded = ProgramLoader.Load(new ProgramLoadOptions { Path = Path.Combine(Folder, name + ".yaml"), Set = SetFor(name), Seed = 7 }, diagnostics);
        Assert.Empty(diagnostics);
        var world = new VirtualWorld(loaded!.Fleet!, new VirtualWorldOptions { Seed = 7, Environment = loaded.Inputs.Environment });
        var run = new Run(loaded.Program, world);
        var started = new Fact.Started(1, 7, DateTimeOffset.UnixEpoch, loaded.Inputs.Parameters, [.. world.Seen]);
        return new VirtualDriver(run, world).Drive(started, TestContext.Current.CancellationToken);
    }
}
