using System.Diagnostics;
using System.Net.NetworkInformation;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Testing.Tests;

/// <summary>What labs leave behind: nothing. Alone in the process, since it counts what the process has.</summary>
[CollectionDefinition(nameof(LeftoverTests), DisableParallelization = true)]
[Collection(nameof(LeftoverTests))]
public sealed class LeftoverTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_many_labs_there_are_no_more_threads_descriptors_ports_or_files_than_after_one()
    {
        await LabAsync();
        var (files, threads, descriptors) = (Files(), Threads(), Descriptors());
        var ports = new List<int>();

        for (var at = 0; at < Labs; at++)
        {
            ports.Add(await LabAsync());
        }

        // Threads of the pool come and go; one a lab, or one descriptor a lab, would show.
        await Eventually.Async("no more threads and descriptors are left than were there", () => Threads() - threads < Labs / 2 && Descriptors() - descriptors < Labs / 2, Token, () => $"{threads} threads and {descriptors} descriptors before, {Threads()} threads, {Descriptors()} descriptors: {string.Join(", ", Kinds())}");
        Assert.Equal(files, Files());
        Assert.DoesNotContain(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), listener => ports.Contains(listener.Port));
    }

    [Fact]
    public async Task A_lab_that_is_forgotten_breaks_no_other()
    {
        var forgotten = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        _ = forgotten.Expect("never", within: TimeSpan.FromMilliseconds(100), cancellationToken: Token);

        await LabAsync();

        await forgotten.DisposeAsync();
    }

    private const int Labs = 40;

    private static async Task<int> LabAsync()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        await lab.Device("light").When("home/x").Reply("home/y", "z");
        (await lab.RunAsync(Do("light.switch-on"), Token)).ShouldSucceed();
        return lab.BrokerUri.Port;
    }

    private static int Threads() => Process.GetCurrentProcess().Threads.Count;

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    private static IEnumerable<string> Kinds() => Directory.GetFiles("/proc/self/fd")
        .Select(file => new FileInfo(file).LinkTarget ?? "?").GroupBy(target => target.Split(':', '[')[0]).Select(group => $"{group.Count()} {group.Key}");

    private static int Files() => Directory.GetFiles(Path.GetTempPath(), "iotmqtt-*").Length;
}
