using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>
/// A device on two planes: its own connection, as its back end knows it, carries its own topics alone; its control topics are on the worker's
/// connection. So nothing of ours needs rights on the broker under test, and the device's will is its own. DESIGN section 2.
/// </summary>
internal sealed class SplitLink : IDeviceLink, ILinkHandler, IPublishObserver
{
    private readonly HostedDevice _device;
    private readonly FleetContext _fleet;
    private readonly WorkerLink _worker;
    private readonly DevicePresence _presence;
    private readonly Inbox _inbox;
    private readonly FirstAnnouncement _announcement = new();
    private MqttLink _own;
    private bool _hasBegun;
    private volatile bool _isSevered;
    private bool _hasBeenAway;

    public SplitLink(HostedDevice device, FleetContext fleet, WorkerLink worker, DevicePresence presence)
    {
        _device = device;
        _fleet = fleet;
        _worker = worker;
        _presence = presence;
        _inbox = new Inbox(device, fleet);
        _own = Create();
        worker.Serve(device, TakeControl);
    }

    /// <summary>Whether a device needs two planes: a fleet says how it connects, or its model has a will, and a connection has one will.</summary>
    public static bool IsNeeded(DeviceDefinition device) => device.Connection is not null || device.Model.Will is not null;

    public bool HasOwnConnection => true;

    public bool IsOnline => _presence.IsOnline;

    public bool IsAway => _isSevered && !IsTaken;

    public bool IsTaken { get; private set; }

    public MqttLink? Own => _isSevered ? null : _own;

    public void Post(OutgoingMessage message) => _worker.Post(message);

    public void PostOwn(OutgoingMessage message) => _own.Post(message);

    public async Task<LinkFailure?> ConnectAsync(CancellationToken giveUp)
    {
        if (_isSevered)
        {
            return null;
        }

        // Its own topics first: once it says that it is online, it hears what is said there.
        var failure = await FirstConnection.MakeAsync(_own, _fleet, giveUp) ?? await _announcement.WaitAsync(giveUp);

        // Somebody else may have turned out to have it meanwhile.
        return _hasBeenAway ? null : failure;
    }

    public void PublishIdentity()
    {
        foreach (var message in _presence.Identity())
        {
            _worker.Post(message);
        }
    }

    public void PublishOnline(TimeSpan now) =>
        _worker.Post(_presence.Status(_presence.IsThere, _fleet.Clock.Calendar(now), OwnConnection()), this, token: 0);

    public void Sever()
    {
        if (!_isSevered)
        {
            _isSevered = true;
            _hasBeenAway = true;

            // The broker of the back end sees a broken connection, and publishes the will; whoever commands the device finds nobody.
            _own.Abandon();
            if (!IsTaken)
            {
                _worker.Post(_presence.Status(Presence.Offline, _fleet.Clock.Provider.GetUtcNow(), Protocol.Messages.OwnConnection.Down));
            }

            _presence.Set(online: false);
            _announcement.Taken();
        }
    }

    public void Yield()
    {
        IsTaken = true;
        Sever();
    }

    public void Restore()
    {
        if (_isSevered)
        {
            _isSevered = false;
            IsTaken = false;
            _own = Create();
            _own.Start();
        }
    }

    public void Retire() => _own.Retire();

    public async Task<Leave> CloseAsync(CancellationToken giveUp)
    {
        var leave = _own.Status.State == LinkState.Connected ? Leave.ByWill : Leave.WasAway;
        try
        {
            // What another worker has is for that one to speak of.
            var said = _hasBegun && !IsTaken
                ? await _worker.PublishAsync(_presence.Status(Presence.Offline, _fleet.Clock.Provider.GetUtcNow(), Protocol.Messages.OwnConnection.Down), giveUp)
                : default;
            foreach (var message in _fleet.Options.ClearsRetained && said.IsTaken ? _presence.Nothing() : [])
            {
                await _worker.PublishAsync(message, giveUp);
            }

            await _own.CloseAsync(giveUp);
            leave = said.IsTaken && leave == Leave.ByWill ? Leave.Goodbye : leave;
        }
        catch (OperationCanceledException)
        {
            // Time is up: the broker publishes the will.
        }

        _own.Abandon();
        _presence.Set(online: false);
        return leave;
    }

    /// <summary>The worker's connection has come up: each device says that it is there, once its own connection has stood.</summary>
    public bool IsCurrent(MqttLink link) => ReferenceEquals(link, _own) || (_hasBegun && !_isSevered);

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message) => _inbox.Take(message);

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
        switch (status.State)
        {
            case LinkState.Connected:
                _device.Loop.Post(new OwnWork(this, link, isUp: true));
                break;
            case LinkState.TakenOver:
                _device.Loop.Post(new TakenOverWork(_device, link.Options.ClientId));
                break;
            case LinkState.Failed:
                _fleet.Logger.Refused(_device.Id.ToString(), status.Failure!.Message);
                _device.Loop.Post(new OwnWork(this, link, isUp: false));
                break;
            case LinkState.Reconnecting:
                _device.Loop.Post(new OwnWork(this, link, isUp: false));
                break;
            default:
                break;
        }
    }

    bool IPublishObserver.OnGranted(long token, long timestamp) => true;

    void IPublishObserver.OnCompleted(long token, PublishResult result)
    {
        if (result.IsTaken)
        {
            _presence.Set(online: _own.Status.State == LinkState.Connected && _presence.IsThere == Presence.Online);
            if (_isSevered)
            {
                // Meanwhile it has gone.
                _presence.Set(online: false);
            }

            _announcement.Taken();
        }
        else if (result.Outcome == PublishOutcome.Refused)
        {
            _announcement.Refused(_presence.Refused(result));
        }
    }

    private OwnConnection OwnConnection() =>
        _own.Status.State == LinkState.Connected ? Protocol.Messages.OwnConnection.Up : Protocol.Messages.OwnConnection.Down;

    private void TakeControl(IncomingMessage message)
    {
        // A device that is off the air is not there for anybody.
        if (!_isSevered)
        {
            _inbox.Take(message);
        }
    }

    private void OwnChanged(MqttLink link, bool isUp, TimeSpan now)
    {
        if (!ReferenceEquals(link, _own) || _isSevered || _device.IsStopped)
        {
            return;
        }

        if (!isUp)
        {
            _presence.Set(online: false);
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
            _device.Announce(now);
        }

        _device.Born(now);
    }

    private MqttLink Create() => new(OwnConnectionOptions.Of(_device, _fleet, _presence.ClientId), this, _fleet.Links, [.. OwnTopics.Subscriptions([.. _device.Machine.Subscriptions])]);

    /// <summary>The device's own connection has come up, or broken.</summary>
    private sealed class OwnWork(SplitLink split, MqttLink link, bool isUp) : Loops.ILoopWork
    {
        public void Run(TimeSpan now) => split.OwnChanged(link, isUp, now);
    }
}
