using System.Collections.Immutable;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.StandIns;
using IotMqtt.Runner.Embedded;
using IotMqtt.Runner.Running;

namespace IotMqtt.Testing.StandIns;

/// <summary>
/// The rules that a test gives devices, and the devices that are there for their rules alone: those that a lab without a fleet is asked for.
/// </summary>
internal sealed class LabStandIns(ProgramRunnerOptions options, CancellationToken ended) : IAsyncDisposable
{
    private static readonly DeviceModel Bare = ModelHashing.Seal(new DeviceModel { Name = "stand-in", Hash = "", Properties = [], Commands = [] });

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<EmbeddedSite>> _alone = new(StringComparer.Ordinal);
    private readonly List<Task> _opening = [];
    private ProgramRunner? _runner;
    private FleetDefinition? _fleet;

    /// <summary>A rule for a device: it holds from its first act on.</summary>
    public StandInRule Give(string device, StandInRule rule) => rule.GivenTo(given =>
    {
        lock (_gate)
        {
            given.Ready = AttachAsync(device, given);
            _opening.Add(given.Ready);
        }
    });

    /// <summary>The lab has a fleet: its devices get the rules from now on.</summary>
    /// <exception cref="LabException">A device of it is there already.</exception>
    public void Host(ProgramRunner runner, FleetDefinition fleet)
    {
        lock (_gate)
        {
            (_runner, _fleet) = (runner, fleet);
        }
    }

    /// <summary>What keeps a fleet from being hosted; null: nothing.</summary>
    public string? Conflict(FleetDefinition fleet)
    {
        lock (_gate)
        {
            return fleet.Devices.FirstOrDefault(device => _alone.ContainsKey(device.Id)) is { } twice
                ? $"{twice.Id} stands in already, by a rule that it was given before. Start the fleet first, then give its devices rules."
                : null;
        }
    }

    /// <summary>Ends when all rules that were given so far are heard.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        Task[] opening;
        lock (_gate)
        {
            opening = [.. _opening];
            _opening.Clear();
        }

        await Task.WhenAll(opening).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        Task<EmbeddedSite>[] alone;
        lock (_gate)
        {
            alone = [.. _alone.Values];
        }

        foreach (var site in alone)
        {
            await ((Task)site).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (site.IsCompletedSuccessfully)
            {
                await (await site.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    // Under the gate, up to the first wait.
    private async Task AttachAsync(string device, StandInRule rule)
    {
        ObjectDisposedException.ThrowIf(ended.IsCancellationRequested, typeof(IotLab));
        var runner = _fleet?.Find(device) is null ? null : _runner;
        Task<EmbeddedSite>? site = null;
        var isNew = false;
        if (runner is null && !_alone.TryGetValue(device, out site))
        {
            isNew = true;
            site = _alone[device] = AloneAsync(device, rule);
        }

        try
        {
            if (runner is not null)
            {
                await runner.AttachAsync(device, rule, ended).ConfigureAwait(false);
            }
            else if (await site!.ConfigureAwait(false) is var standing && !isNew)
            {
                await standing.AttachAsync(device, rule, ended).ConfigureAwait(false);
            }
        }
        catch (OrchestratorException exception)
        {
            throw new LabException($"{device} cannot stand in for {rule.Filter}: {exception.Message}");
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            throw new LabException($"The lab was disposed before {device} heard {rule.Filter}.");
        }
    }

    private async Task<EmbeddedSite> AloneAsync(string device, StandInRule rule)
    {
        var definition = new DeviceDefinition { Id = device, Model = Bare, At = SourcePosition.None };
        var fleet = new FleetDefinition { Name = device, Devices = ImmutableArray.Create(definition) };
        var site = await EmbeddedSite.StartAsync(options with { Fleet = fleet, Rules = [(device, rule)] }, ended).ConfigureAwait(false);
        try
        {
            await site.Started.WaitAsync(ended).ConfigureAwait(false);
            return site;
        }
        catch
        {
            await site.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
