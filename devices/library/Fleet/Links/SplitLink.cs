using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>
/// A device on two planes: its own connection, as its back end knows it, carries its own topics alone; its control topics are on the worker's
/// connection. So nothing of ours needs rights on the broker under test, and the device's will is its own. DESIGN section 2.
/// </summary>
internal sealed class SplitLink : DeviceLink
{
    private readonly WorkerLink _worker;
    private bool _hasBegun;

    public SplitLink(HostedDevice device, FleetContext fleet, WorkerLink worker, DevicePresence presence)
        : base(device, fleet, presence)
    {
        _worker = worker;
        worker.Serve(device, TakeControl);
    }

    /// <summary>Whether a device needs two planes: a fleet says how it connects, or its model has a will, and a connection has one will.</summary>
    public static bool IsNeeded(DeviceDefinition device) => device.Connection is not null || device.Model.Will is not null;

    public override bool HasOwnConnection => true;

    protected override bool IsOnTheAir => Link.Status.State == LinkState.Connected;

    public override void Post(OutgoingMessage message) => _worker.Post(message);

    public override void PublishOnline(TimeSpan now) =>
        _worker.Post(Presence.Status(Presence.IsThere, Fleet.Clock.Calendar(now), OwnConnection()), this, token: 0);

    public override async Task<Leave> CloseAsync(CancellationToken giveUp)
    {
        var leave = Link.Status.State == LinkState.Connected ? Leave.ByWill : Leave.WasAway;
        try
        {
            // What another worker has is for that one to speak of.
            var said = _hasBegun && !IsTaken
                ? await _worker.PublishAsync(Presence.Status(Protocol.Messages.Presence.Offline, Fleet.Clock.Provider.GetUtcNow(), Protocol.Messages.OwnConnection.Down), giveUp)
                : default;
            foreach (var message in Fleet.Options.ClearsRetained && said.IsTaken ? Presence.Nothing() : [])
            {
                await _worker.PublishAsync(message, giveUp);
            }

            await Link.CloseAsync(giveUp);
            leave = said.IsTaken && leave == Leave.ByWill ? Leave.Goodbye : leave;
        }
        catch (OperationCanceledException)
        {
            // Time is up: the broker publishes the will.
        }

        Link.Abandon();
        Presence.Set(online: false);
        return leave;
    }

    /// <summary>The worker's connection has come up: each device says that it is there, once its own connection has stood.</summary>
    public override bool IsCurrent(MqttLink link) => base.IsCurrent(link) || (_hasBegun && !IsSevered);

    protected override void OnStatus(MqttLink link, LinkState state)
    {
        if (state is LinkState.Connected or LinkState.Failed or LinkState.Reconnecting)
        {
            Device.Loop.Post(new OwnWork(this, link, isUp: state == LinkState.Connected));
        }
    }

    protected override void WentAway()
    {
        // Whoever commands the device finds nobody. What another worker has is for that one to speak of.
        if (!IsTaken)
        {
            _worker.Post(Presence.Status(Protocol.Messages.Presence.Offline, Fleet.Clock.Provider.GetUtcNow(), Protocol.Messages.OwnConnection.Down));
        }
    }

    protected override MqttLink Create() =>
        new(OwnConnectionOptions.Of(Device, Fleet, Presence.ClientId), this, Fleet.Links, [.. OwnTopics.Subscriptions([.. Device.Machine.Subscriptions])]);

    private OwnConnection OwnConnection() =>
        Link.Status.State == LinkState.Connected ? Protocol.Messages.OwnConnection.Up : Protocol.Messages.OwnConnection.Down;

    private void TakeControl(IncomingMessage message)
    {
        // A device that is off the air is not there for anybody.
        if (!IsSevered)
        {
            Inbox.Take(message);
        }
    }

    private void OwnChanged(MqttLink link, bool isUp, TimeSpan now)
    {
        if (!ReferenceEquals(link, Link) || IsSevered || Device.IsStopped)
        {
            return;
        }

        if (!isUp)
        {
            Presence.Set(online: false);
            if (_hasBegun)
            {
                PublishOnline(now);
            }

            return;
        }

        if (_hasBegun)
        {
            PublishOnline(now);
        }
        else
        {
            _hasBegun = true;
            Device.Announce(now);
        }

        Device.Born(now);
    }

    /// <summary>The device's own connection has come up, or broken.</summary>
    private sealed class OwnWork(SplitLink split, MqttLink link, bool isUp) : Loops.ILoopWork
    {
        public void Run(TimeSpan now) => split.OwnChanged(link, isUp, now);
    }
}
