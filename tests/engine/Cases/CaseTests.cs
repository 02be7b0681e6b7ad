using System.Globalization;
using System.Text.RegularExpressions;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Tests.Running.Scripted;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Tests.Cases;

/// <summary>The semantics of the language, a rule a file. docs/programs.md names each.</summary>
public sealed partial class CaseTests
{
    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(CaseFile.Folder, "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_does_what_its_case_says(string name)
    {
        var expected = CaseFile.Load(name);
        var world = expected.World();
        var bounds = new RunOptions();
        bounds = bounds with { RoundsAtOnce = expected.RoundsAtOnce ?? bounds.RoundsAtOnce };
        var run = new Run(Read(expected), world, bounds, new TraceObserver(world));
        var verdict = new VirtualDriver(run, world).Drive(Started(expected, world), TestContext.Current.CancellationToken);

        Assert.Equal(expected.Trace, string.Join('\n', world.Trace));
        Assert.Equal(expected.Errors, verdict.Errors.Select(error => error.ToString()));
        Assert.Equal(expected.Details ?? verdict.Errors.SelectMany(error => error.Details), verdict.Errors.SelectMany(error => error.Details));
        Assert.Equal(expected.Exit, verdict.ExitCode);
        Assert.Equal(expected.Critical ?? verdict.Makespan, verdict.CriticalPath);
        Assert.Equal(expected.Counted.Caught ?? verdict.Caught, verdict.Caught);
        Assert.Equal(expected.Counted.Tolerated ?? verdict.Tolerated, verdict.Tolerated);
        Assert.Equal((0, 0, 0), (world.Armed, run.OpenNodes, run.OpenCommands));
    }

    [Fact]
    public void The_documentation_names_every_case_and_no_other()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "programs.md"));
        var rules = text.Split("\n## ").Single(section => section.StartsWith("The rules", StringComparison.Ordinal));
        var named = NamedCases().Matches(rules).SelectMany(match => CaseName().Matches(match.Value)).Select(match => match.Groups[1].Value).ToHashSet();
        var missing = Names.Select(row => row.Data).Where(name => !named.Contains(name)).ToArray();
        var empty = named.Where(name => !File.Exists(Path.Combine(CaseFile.Folder, name + ".yaml"))).ToArray();

        Assert.True(missing.Length == 0, $"docs/programs.md does not name: {string.Join(", ", missing)}");
        Assert.True(empty.Length == 0, $"docs/programs.md names cases that do not exist: {string.Join(", ", empty)}");
    }

    [Fact]
    public void Every_rule_of_the_documentation_names_a_case()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "programs.md"));
        var rules = text.Split("\n## ").Single(section => section.StartsWith("The rules", StringComparison.Ordinal));
        var starts = RuleNumber().Matches(rules).Select(match => (Number: int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Index)).ToArray();
        var ends = starts.Skip(1).Select(start => start.Index).Append(rules.Length);

        Assert.Equal(Enumerable.Range(1, starts.Length), starts.Select(start => start.Number));
        Assert.All(starts.Zip(ends), rule => Assert.True(NamedCases().IsMatch(rules[rule.First.Index..rule.Second]), $"rule {rule.First.Number} names no case"));
    }

    [GeneratedRegex("^(\\d+)\\. ", RegexOptions.Multiline)]
    private static partial Regex RuleNumber();

    /// <summary>The names at the end of a rule, and those in the last column of a table.</summary>
    [GeneratedRegex("(?<=[.)|])\\s+(?:`[a-z-]+`,?\\s+)*`[a-z-]+`(?= \\||\\n\\d+\\. |\\n\\n|\\s*$)")]
    private static partial Regex NamedCases();

    [GeneratedRegex("`([a-z-]+)`")]
    private static partial Regex CaseName();

    internal static DeviceProgram Read(CaseFile expected)
    {
        var folder = Directory.CreateTempSubdirectory("iotmqtt-case-");
        try
        {
            foreach (var (name, text) in expected.Files)
            {
                File.WriteAllText(Path.Combine(folder.FullName, name), text);
            }

            var file = Path.Combine(folder.FullName, "program.yaml");
            File.WriteAllText(file, "program: case\n" + expected.Program);
            var diagnostics = new DiagnosticBag();
            var program = ProgramFile.Read(file, diagnostics);
            Assert.Empty(diagnostics);
            return program!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal static Fact.Started Started(CaseFile expected, ScriptedWorld world) => new(
        1, 1, DateTimeOffset.UnixEpoch, expected.Parameters, [.. world.Devices.Select(device => new DeviceSeen(device.Id, "1", "1", !device.IsAway))]);
}
