using System.Globalization;
using IotMqtt.Runner.Running;

namespace IotMqtt.Benchmarks.EndToEnd;

/// <summary>
/// What somebody sees who runs programs, against bare MQTTnet pairs on the same broker in the same run:
/// <c>dotnet run -c Release --project benchmarks -- end-to-end</c>. The figures are in docs/benchmarks.md.
/// </summary>
internal static class EndToEndBenchmark
{
    private const int Steps = 200;
    private const int Devices = 2_000;
    private const int Rounds = 9;

    // Both sides: until the just-in-time compiler is done with them.
    private const int WarmUps = 60;

    public static async Task RunAsync(IReadOnlyList<string> only, CancellationToken cancellationToken)
    {
        bool Wanted(string name) => only.Count == 0 || only.Contains(name);
        if (Wanted("home"))
        {
            await HomeAsync("home, 500 ms a command", Fleets.Home, cancellationToken);
            await HomeAsync("home, unequal", Fleets.Unequal, cancellationToken);
        }

        if (Wanted("sequence"))
        {
            await SequenceAsync(cancellationToken);
        }

        if (Wanted("fleet"))
        {
            await FleetAsync(cancellationToken);
        }
    }

    private static async Task HomeAsync(string name, Models.Fleets.FleetDefinition fleet, CancellationToken cancellationToken)
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = fleet }, cancellationToken);
        foreach (var program in new[] { Fleets.WakeUp, Fleets.Sleep })
        {
            var result = await runner.RunAsync(program, cancellationToken);
            Say($"{name}: {program.Name} efficiency {result.Verdict.Efficiency:0.000} "
                + $"({Ms(result.Verdict.CriticalPath)} of {Ms(result.Verdict.Makespan)}), registration {Ms(result.Registration.Elapsed)}, exit {result.ExitCode}");
        }
    }

    /// <summary>Rounds of both in turn, so that whatever else the machine does hits both.</summary>
    private static async Task SequenceAsync(CancellationToken cancellationToken)
    {
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleets.Instant(1) }, cancellationToken);
        await using var pair = await BarePair.ConnectAsync(runner.Broker.Host, runner.Broker.Port, 0, cancellationToken);
        var program = Fleets.Blink(Steps);
        var (bare, ours) = (new double[Rounds], new double[Rounds]);
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var roundTrip = await BareBaseline.MedianRoundTripAsync(pair, Steps, cancellationToken);
            var times = new StepTimes();
            await runner.RunAsync(program, new ProgramRunOptions { Observers = [times] }, cancellationToken);
            if (round >= 0)
            {
                (bare[round], ours[round]) = (roundTrip.TotalMicroseconds, times.Median.TotalMicroseconds);
            }
        }

        Say($"sequence of {Steps}: median step {Median(ours):0} µs, bare round trip {Median(bare):0} µs, ratio "
            + $"{Median(ours.Zip(bare, (mine, theirs) => mine / theirs)):0.00} (at most 1.3 wanted)");
    }

    private static async Task FleetAsync(CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleets.Instant(Devices) }, cancellationToken);
        var first = await runner.RunAsync(Fleets.All(Devices, "switch-on"), cancellationToken);
        Say($"{Devices} devices: from nothing to all commanded once {Ms(TimeProvider.System.GetElapsedTime(began))}, exit {first.ExitCode}");
        var pairs = new List<BarePair>();
        try
        {
            await BareBaseline.ConnectAsync(pairs, runner.Broker.Host, runner.Broker.Port, Devices, cancellationToken);
            var (bare, commands, registrations) = (new double[Rounds], new double[Rounds], new double[Rounds]);
            for (var round = -2; round < Rounds; round++)
            {
                var rate = await BareBaseline.RoundTripsPerSecondAsync(pairs, cancellationToken);
                var result = await runner.RunAsync(Fleets.All(Devices, round % 2 == 0 ? "switch-off" : "switch-on"), cancellationToken);
                if (round >= 0)
                {
                    bare[round] = rate;
                    commands[round] = Devices / result.Verdict.Makespan.TotalSeconds;
                    registrations[round] = result.Registration.Rate;
                }
            }

            var both = commands.Zip(registrations, (command, registration) => 2 / ((1 / command) + (1 / registration)));
            Say($"{Devices} devices: registered {Median(registrations):0}/s, commanded {Median(commands):0}/s, bare pairs {Median(bare):0}/s; commanded ÷ bare "
                + $"{Median(commands.Zip(bare, (mine, theirs) => mine / theirs)):0.00}, registered and commanded ÷ bare "
                + $"{Median(both.Zip(bare, (mine, theirs) => mine / theirs)):0.00} (at least 0.7 wanted)");
        }
        finally
        {
            foreach (var pair in pairs)
            {
                await pair.DisposeAsync();
            }
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static string Ms(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms");

    private static void Say(string line) => Console.WriteLine(line);
}
