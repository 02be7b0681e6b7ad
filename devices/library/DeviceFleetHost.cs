using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using IotMqtt.Devices.Fleet;
using IotMqtt.Devices.Fleet.Links;
using IotMqtt.Devices.Limits;
using IotMqtt.Devices.Loops;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.StandIns;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Devices;

/// <summary>The devices of a fleet in this process, each with an MQTT connection of its own.</summary>
public sealed class DeviceFleetHost : IAsyncDisposable
{
    private readonly FleetContext _fleet;
    private readonly EventLoop[] _loops;
    private readonly HostedDevice[] _devices;
    private readonly LagReporter _lag;
    private int _isStopped;
    private bool _hasStarted;

    private DeviceFleetHost(FleetDefinition definition, FleetContext fleet)
    {
        _fleet = fleet;
        _loops = [.. Enumerable.Range(0, Math.Max(1, fleet.Options.Loops)).Select(_ => new EventLoop(fleet.Clock, fleet.Logger, fleet.Lag))];
        _lag = new LagReporter(fleet);
        var published = new HashSet<string>(StringComparer.Ordinal);
        _devices =
        [
            .. definition.Devices.Select(device =>
                new HostedDevice(device, fleet, LoopOf(device.Id), publishesModel: published.Add(device.Model.Hash))),
        ];
        foreach (var device in _devices)
        {
            fleet.Rivals.Host(device);
        }
    }

    /// <summary>How many devices it hosts.</summary>
    public int Count => _devices.Length;

    /// <summary>How many of them are online now.</summary>
    public int Online => _fleet.Online;

    /// <summary>How many another client has taken over; they look again after a while.</summary>
    public int Taken => _devices.Count(device => device.Link.IsTaken);

    /// <summary>How many of these another worker hosts: they are served, and this one stands by.</summary>
    public int StandingBy => _devices.Count(device => device.Link.IsTaken && _fleet.Rivals.Has(device.Id));

    /// <summary>How many are away on purpose: a fault holds them.</summary>
    public int Away => _devices.Count(device => device.Link.IsAway);

    /// <summary>The life that its devices say they are in.</summary>
    internal Incarnation Incarnation => _fleet.Incarnation;

    /// <summary>
    /// Starts a fleet, and returns when all its devices are online: subscribed, and their retained status taken by the broker.
    /// Devices of models that are external are not emulated, and are left out.
    /// </summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="options">Where, and within which bounds.</param>
    /// <param name="loggerFactory">Where to log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="DeviceFleetException">It could not; <see cref="DeviceFleetException.Kind"/> says who can remedy that.</exception>
    /// <exception cref="OperationCanceledException">Starting was given up.</exception>
    public static async Task<DeviceFleetHost> StartAsync(
        FleetDefinition fleet, DeviceFleetOptions options, ILoggerFactory loggerFactory, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggerFactory);
        ArgumentNullException.ThrowIfNull(time);
        FleetRules.ThrowIfInvalid(fleet, options);
        if (DescriptorLimit.Check(fleet.Devices.Length, options.DescriptorsPerDevice) is { } tooFew)
        {
            throw new DeviceFleetException(DeviceFleetErrorKind.TooFewDescriptors, tooFew);
        }

        var host = new DeviceFleetHost(fleet, new FleetContext(options, loggerFactory, time));
        foreach (var (device, rule) in options.Rules)
        {
            host.ThrowIfItsOwn(DeviceId.Parse(device), rule);
        }

        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Gives a device a rule, beside its model: what it does with some messages on topics of its own. Returns when the broker delivers them
    /// to it.
    /// </summary>
    /// <param name="device">The device's id.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ArgumentException">There is no such device, or the rule would take the device's own commands.</exception>
    /// <exception cref="DeviceFleetException">The device is not connected, or the broker does not let it listen to that.</exception>
    public async Task AttachAsync(string device, StandInRule rule, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var hosted = Array.Find(_devices, known => known.Machine.Device.Id == device) ?? throw new ArgumentException($"there is no device '{device}'", nameof(device));
        ThrowIfItsOwn(hosted.Id, rule);
        var work = new AttachWork(hosted, rule, cancellationToken);
        hosted.Loop.Post(work);
        try
        {
            if (await work.Listening.WaitAsync(_fleet.Options.ConnectTimeout, _fleet.Clock.Provider, cancellationToken) is { } failure)
            {
                throw new DeviceFleetException(DeviceFleetErrorKind.BrokerRefused, $"{device}: {failure}");
            }
        }
        catch (TimeoutException)
        {
            throw new DeviceFleetException(DeviceFleetErrorKind.BrokerUnreachable, $"{device}: the broker does not answer its subscription to {rule.Filter}.");
        }
    }

    private void ThrowIfItsOwn(DeviceId device, StandInRule rule)
    {
        if (TopicGrammar.Fits(rule.Filter, _fleet.Topics.State(device)) || TopicGrammar.Fits(rule.Filter, _fleet.Topics.CommandFilter(device).Replace('+', 'x')))
        {
            throw new ArgumentException($"'{rule.Filter}' would take the device's own commands and state as well: begin it with the topics of the device, such as acme/#", nameof(rule));
        }
    }

    /// <summary>
    /// Stops the devices: what they are doing is lost; each says that it is offline and disconnects, and none connects again. Goes on
    /// as long as goodbyes are taken; when for <see cref="DeviceFleetOptions.StopTimeout"/> none is, the rest is cut off, and the
    /// broker publishes their will.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
        {
            return;
        }

        _lag.Dispose();
        var since = _fleet.Clock.Now;
        await OnLoopsAsync(DeviceWork.Stop);
        foreach (var device in _devices)
        {
            device.Link.Retire();
        }

        _fleet.Worker.Retire();

        var (goodbyes, wills) = await SayGoodbyeAsync(cancellationToken);
        foreach (var loop in _loops)
        {
            loop.Dispose();
        }

        if (_hasStarted)
        {
            _fleet.Logger.FleetStopped(goodbyes, Count, (long)(_fleet.Clock.Now - since).TotalMilliseconds);
            if (wills > 0)
            {
                _fleet.Logger.LeftByWill(wills, _fleet.Options.Broker.ToString());
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task<(int Goodbyes, int Wills)> SayGoodbyeAsync(CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timeout = _fleet.Clock.Provider.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), giveUp, _fleet.Options.StopTimeout, Timeout.InfiniteTimeSpan);
        var (goodbyes, wills) = (0, 0);
        await ForEachAsync(_devices, async device =>
        {
            switch (await device.Link.CloseAsync(giveUp.Token))
            {
                case Leave.Goodbye:
                    Interlocked.Increment(ref goodbyes);
                    timeout.Change(_fleet.Options.StopTimeout, Timeout.InfiniteTimeSpan);
                    break;
                case Leave.ByWill:
                    Interlocked.Increment(ref wills);
                    break;
                default:
                    break;
            }
        });
        await _fleet.Worker.CloseAsync(giveUp.Token);
        return (goodbyes, wills);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        // Faults that a device has from the start may keep it from connecting.
        await OnLoopsAsync(DeviceWork.Start);

        // The worker knocks for all: where nobody opens, one error says so.
        await ConnectWorkerAsync(cancellationToken);
        if (await RivalSearch.FindAsync(_fleet, Count, cancellationToken) is { Count: > 0 } taken)
        {
            await OnLoopsAsync((device, now) =>
            {
                if (taken.Contains(device))
                {
                    device.TakenOver(clientId: null, now);
                }
            });
        }

        await ConnectAsync(cancellationToken);
        _hasStarted = true;
        _fleet.Logger.FleetOnline(Online, _fleet.Options.Broker.ToString(), (long)_fleet.Clock.Now.TotalMilliseconds);
    }

    private async Task ConnectWorkerAsync(CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timeout = _fleet.Clock.Provider.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), giveUp, _fleet.Options.ConnectTimeout, Timeout.InfiniteTimeSpan);
        var failure = await _fleet.Worker.ConnectAsync(Count, giveUp.Token);
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            throw DeviceFleetException.From(failure);
        }
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timeout = _fleet.Clock.Provider.CreateTimer(
            static source => ((CancellationTokenSource)source!).Cancel(), giveUp, _fleet.Options.ConnectTimeout, Timeout.InfiniteTimeSpan);
        var failures = new ConcurrentQueue<(string Device, LinkFailure Failure)>();
        await ForEachAsync(_devices, async device =>
        {
            if (await device.Link.ConnectAsync(giveUp.Token) is { } failure)
            {
                failures.Enqueue((device.Id.ToString(), failure));
            }
            else
            {
                // A large fleet takes its time; only when nobody gets in any more it is given up.
                timeout.Change(_fleet.Options.ConnectTimeout, Timeout.InfiniteTimeSpan);
            }
        });
        cancellationToken.ThrowIfCancellationRequested();
        if (!failures.IsEmpty)
        {
            throw DeviceFleetException.From([.. failures], Count);
        }
    }

    private Task ForEachAsync(IEnumerable<HostedDevice> devices, Func<HostedDevice, Task> act) => Parallel.ForEachAsync(
        devices,
        new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _fleet.Options.Concurrency) },
        async (device, _) => await act(device));

    private Task OnLoopsAsync(Action<HostedDevice, TimeSpan> turn)
    {
        foreach (var device in _devices)
        {
            device.Loop.Post(new DeviceWork(device, turn));
        }

        return Task.WhenAll(_loops.Select(loop =>
        {
            var barrier = new LoopBarrier();
            loop.Post(barrier);
            return barrier.Reached;
        }));
    }

    // Stable, so that what a device meets on its loop is the same in every run.
    private EventLoop LoopOf(string device) =>
        _loops[(int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(device.AsSpan())) % (ulong)_loops.Length)];
}
