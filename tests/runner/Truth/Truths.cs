using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;
using IotMqtt.Runner.Tests.Support;

namespace IotMqtt.Runner.Tests.Truth;

/// <summary>What a run says of a program, but for times: the same in every world, or somebody is wrong.</summary>
internal static class Truths
{
    public const ulong Seed = 7;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    /// <summary>Whether it is over soon.</summary>
    public static bool IsShort(TruthCase truth) =>
        ProgramRunner.DryRun(truth.Program, truth.Fleet, new ProgramRunOptions { Parameters = truth.Parameters }, Seed).Verdict.Makespan <= Longest;

    /// <summary>Devices that say at once that they did what they were told.</summary>
    public static FleetDefinition Bells(int count)
    {
        var folder = Directory.CreateTempSubdirectory("iotmqtt-truth-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "bell.yaml"), "model: bell\ncommands: { ring: { takes: 0ms, emits: rang } }\nevents: [rang]\n");
            var fleet = Path.Combine(folder.FullName, "fleet.yaml");
            File.WriteAllText(fleet, $"fleet: bells\nmodels: [bell.yaml]\ndevices: [ {{ id: \"bell-${{n}}\", model: bell, count: {count} }} ]\n");
            return FleetFile.Load(fleet);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>In virtual time.</summary>
    public static string Dry(TruthCase truth)
    {
        var record = new RecordedRun();
        var options = new ProgramRunOptions { Observers = [record], Parameters = truth.Parameters };
        return Told(ProgramRunner.DryRun(truth.Program, truth.Fleet, options, Seed, TestContext.Current.CancellationToken), record);
    }

    /// <summary>Over a broker.</summary>
    public static async Task<string> OverAsync(TruthCase truth, BrokerUrl broker)
    {
        var token = TestContext.Current.CancellationToken;
        var record = new RecordedRun();
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = truth.Fleet, Broker = broker, Seed = Seed }, token);
        return Told(await runner.RunAsync(truth.Program, new ProgramRunOptions { Observers = [record], Parameters = truth.Parameters }, token), record);
    }

    private static string Told(ProgramResult result, RecordedRun record)
    {
        var verdict = result.Verdict;
        return string.Join('\n',
        [
            $"{verdict.Status}, exit {verdict.ExitCode}, caught {verdict.Caught}, tolerated {verdict.Tolerated}",
            .. verdict.Errors.Select(error => $"error {error}, code {error.Code}, at {error.At}").Order(StringComparer.Ordinal),
            .. verdict.Errors.SelectMany(error => error.Details).Select(WithoutTime).Order(StringComparer.Ordinal),
            .. record.Steps.Select(step => $"{step.Started.Path} {step.Started.Device}.{step.Started.Command} {step.Started.Attempt} {step.Ended.Status} {step.Ended.Result.ToJson()}")
                .Order(StringComparer.Ordinal),
        ]);
    }

    /// <summary>A line that names a message begins with when it came.</summary>
    private static string WithoutTime(string line) => char.IsAsciiDigit(line[0]) ? line[(line.IndexOf(' ') + 1)..] : line;
}
