using System.Text;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Engine.Tests.Programs;

/// <summary>Input that is too deep or too much is refused with an error: never a crash, never a hang.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(10_000)]
    [InlineData(300)]
    public void Nesting_in_YAML_is_bounded(int depth)
    {
        var diagnostics = new DiagnosticBag();
        var text = $"program: deep\nsteps: {new string('[', depth)}speaker.stop{new string(']', depth)}\n";
        Assert.Null(ProgramFile.Parse(text, "deep.yaml", diagnostics));
        Assert.Equal("it nests deeper than 256 levels", Assert.Single(diagnostics).Message);
    }

    [Fact]
    public void Nesting_in_CSharp_is_bounded()
    {
        Node node = Do("speaker.stop");
        for (var depth = 0; depth < NodeTree.MaxDepth; depth++)
        {
            node = Sequence(node);
        }

        var diagnostics = new DiagnosticBag();
        ProgramValidator.Validate(DeviceProgram.Create("deep", node, node), TestFleet.Home, diagnostics);
        Assert.Equal("the steps of deep nest deeper than 1000 levels", Assert.Single(diagnostics).Message);
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused_before_it_is_read()
    {
        var file = Path.GetTempFileName();
        try
        {
            using (var stream = File.OpenWrite(file))
            {
                stream.SetLength(100_000_000);
            }

            var diagnostics = new DiagnosticBag();
            Assert.Null(ProgramFile.Read(file, diagnostics));
            Assert.Contains("longer than 16 MiB", Assert.Single(diagnostics).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Programs_that_run_each_other_twice_are_each_read_and_checked_once_and_are_too_many_steps()
    {
        const int Files = 60;
        var folder = Directory.CreateTempSubdirectory("iotmqtt-programs-");
        try
        {
            for (var file = 1; file <= Files; file++)
            {
                var steps = file == Files ? "speaker.ply" : $"{{ run: p{file + 1}.yaml }}, {{ run: p{file + 1}.yaml }}";
                File.WriteAllText(Path.Combine(folder.FullName, $"p{file}.yaml"), $"program: p{file}\nsteps: [{steps}]\n");
            }

            var diagnostics = new DiagnosticBag();
            Assert.Null(ProgramLoader.Load(new() { Path = Path.Combine(folder.FullName, "p1.yaml"), Fleet = TestFleet.Home }, diagnostics));
            Assert.Collection(
                diagnostics,
                error => Assert.Contains("the program p1 has more than 1,000,000 steps", error.Message, StringComparison.Ordinal),
                error => Assert.Contains("no command \"ply\"", error.Message, StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Unknown_devices_without_end_are_not_looked_for_without_end()
    {
        var devices = Enumerable.Range(0, 20_000).Select(number => TestFleet.Home.Devices[1] with { Id = $"speaker-{number}" });
        var fleet = new FleetDefinition { Name = "large", Devices = [.. devices] };
        var text = "program: lost\nsteps:\n" + string.Concat(Enumerable.Range(0, 10_000).Select(number => $"  - spaeker-{number}x.stop\n"));
        var diagnostics = new DiagnosticBag();

        ProgramValidator.Validate(ProgramFile.Parse(text, "lost.yaml", diagnostics)!, fleet, diagnostics);

        Assert.Equal(10_000, diagnostics.Count);
        Assert.Equal("did you mean \"speaker-0\"?", diagnostics.First().Suggestion);
        Assert.Null(diagnostics.Last().Suggestion);
    }

    [Fact]
    public void Errors_in_ten_thousand_steps_are_all_reported()
    {
        var text = new StringBuilder("program: long\nsteps:\n");
        for (var line = 0; line < 10_000; line++)
        {
            text.Append("  - speaker.ply\n");
        }

        var diagnostics = new DiagnosticBag();
        ProgramValidator.Validate(ProgramFile.Parse(text.ToString(), "long.yaml", diagnostics)!, TestFleet.Home, diagnostics);
        Assert.Equal(10_000, diagnostics.Count);
    }
}
