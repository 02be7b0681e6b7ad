using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Runner.Tests.Truth;

/// <summary>What a dry run says of a program, a run over a broker says, too. DESIGN section 10.</summary>
public abstract class TruthSuite
{
    private const int AtOnce = 6;

    /// <summary>Starts a broker of its own for a program: fleets of one name would take each other's sessions over.</summary>
    protected abstract Task<(BrokerUrl Url, IAsyncDisposable Broker)> StartAsync(CancellationToken cancellationToken);

    [Fact]
    public Task Every_example_comes_to_what_its_dry_run_says() => AgreeAsync([.. TruthCase.Examples]);

    [Fact]
    public async Task Every_case_of_the_language_comes_to_what_its_dry_run_says()
    {
        TruthCase[] cases = [.. TruthCase.Language];

        Assert.True(cases.Length >= 30, $"only {cases.Length} cases are left: {string.Join(", ", cases.Select(truth => truth.Name))}");
        await AgreeAsync(cases);
    }

    [Fact]
    public Task Every_message_is_judged_as_in_a_dry_run() => AgreeAsync([.. TruthCase.Messages]);

    [Fact]
    public async Task Nothing_is_lost_between_an_act_and_what_it_expects()
    {
        // A hundred devices, a hundred times each: the device says it before it acknowledges the command, and nobody may have subscribed too late.
        var (url, broker) = await StartAsync(TestContext.Current.CancellationToken);
        await using var disposal = broker;
        var fleet = Truths.Bells(100);
        var program = DeviceProgram.Create("bells", Each("bell", Repeat(100, Do("d.ring").Expect(Event("d.rang"), TimeSpan.FromMinutes(2)))));
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = fleet, Broker = url }, TestContext.Current.CancellationToken);

        var result = await runner.RunAsync(program, TestContext.Current.CancellationToken);

        Assert.Equal([], result.Verdict.Errors.Select(error => error.ToString()));
        Assert.Equal(RunStatus.Succeeded, result.Verdict.Status);
    }

    private async Task AgreeAsync(TruthCase[] cases)
    {
        using var room = new SemaphoreSlim(AtOnce);
        var differing = await Task.WhenAll(cases.Select(truth => DifferenceAsync(truth, room)));

        Assert.True(differing.All(difference => difference is null), string.Join("\n\n", differing.OfType<string>()));
    }

    private async Task<string?> DifferenceAsync(TruthCase truth, SemaphoreSlim room)
    {
        await room.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var dry = Truths.Dry(truth);
            var (url, broker) = await StartAsync(TestContext.Current.CancellationToken);
            await using var disposal = broker;
            var real = await Truths.OverAsync(truth, url);
            return dry == real ? null : $"{truth.Name}: a dry run says\n{dry}\nand over the broker it says\n{real}";
        }
        finally
        {
            room.Release();
        }
    }
}
