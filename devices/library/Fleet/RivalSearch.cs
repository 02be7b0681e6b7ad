namespace IotMqtt.Devices.Fleet;

/// <summary>Looks, before devices connect, which of them another worker hosts.</summary>
internal static class RivalSearch
{
    // How long the broker may take to say what it retains, and other workers to answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Finds them: what is retained says who may be there, and an answer that it is.</summary>
    /// <param name="fleet">What the devices share; its worker is connected.</param>
    /// <param name="count">How many devices there are.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The devices to leave to the other worker.</returns>
    /// <exception cref="DeviceFleetException">There are some, and the fleet does not stand by.</exception>
    public static async Task<IReadOnlySet<HostedDevice>> FindAsync(FleetContext fleet, int count, CancellationToken cancellationToken)
    {
        if (!fleet.Options.LooksForRivals)
        {
            return new HashSet<HostedDevice>();
        }

        await fleet.Worker.HeardAsync(Patience).WaitAsync(cancellationToken);
        if (fleet.Rivals.Ask() > 0)
        {
            await AnsweredAsync(fleet, cancellationToken);
        }

        var taken = fleet.Rivals.Present();
        if (taken.Count > 0)
        {
            var names = DeviceFleetException.Named([.. taken.Select(device => device.Id.ToString())]);
            if (fleet.Options.RefusesTaken)
            {
                throw new DeviceFleetException(
                    DeviceFleetErrorKind.InvalidInput,
                    $"{taken.Count} of {count} devices are there already under {fleet.Options.Root}, hosted by another worker: {names}. Stop that one, run with the devices that are there (no --fleet), or take another --root");
            }

            fleet.Logger.HostedElsewhere(taken.Count, count, names);
        }

        return taken.ToHashSet();
    }

    private static async Task AnsweredAsync(FleetContext fleet, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, fleet.Clock.Provider);
        using var timer = new PeriodicTimer(Patience / 20, fleet.Clock.Provider);
        while (!fleet.Rivals.HaveAllAnswered && !patience.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
