using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>
/// A device's one connection, for its control topics and its own: its own client id and will, one subscription for commands and one for what
/// bypasses their queue. It connects again by itself; a fault can sever it, and another client can take it over.
/// </summary>
internal sealed class DeviceLink : IDeviceLink, ILinkHandler, IPublishObserver
{
    private readonly HostedDevice _device;
    private readonly FleetContext _fleet;
    private readonly DevicePresence _presence;
    private readonly Inbox _inbox;
    private readonly FirstAnnouncement _announcement = new();
    private MqttLink _link;
    private volatile bool _isSevered;
    private bool _hasBeenAway;

    public DeviceLink(HostedDevice device, FleetContext fleet, DevicePresence presence)
    {
        _device = device;
        _fleet = fleet;
        _presence = presence;
        _inbox = new Inbox(device, fleet);
        _link = Create();
    }

    public bool HasOwnConnection => false;

    public bool IsOnline => _presence.IsOnline;

    public bool IsAway => _isSevered && !IsTaken;

    public bool IsTaken { get; private set; }

    public MqttLink? Own => _isSevered ? null : _link;

    public void Post(OutgoingMessage message) => _link.Post(message);

    public void PostOwn(OutgoingMessage message) => _link.Post(message);

    public async Task<LinkFailure?> ConnectAsync(CancellationToken giveUp)
    {
        if (_isSevered)
        {
            return null;
        }

        var failure = await FirstConnection.MakeAsync(_link, _fleet, giveUp) ?? await _announcement.WaitAsync(giveUp);

        // Somebody else may have turned out to have it meanwhile.
        return _hasBeenAway ? null : failure;
    }

    public void PublishIdentity()
    {
        foreach (var message in _presence.Identity())
        {
            _link.Post(message);
        }
    }

    public void PublishOnline(TimeSpan now) => _link.Post(_presence.Status(_presence.IsThere, _fleet.Clock.Calendar(now)), this, token: 0);

    public void Sever()
    {
        if (!_isSevered)
        {
            _isSevered = true;
            _hasBeenAway = true;

            // The broker sees a broken connection.
            _link.Abandon();
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
            _link = Create();
            _link.Start();
        }
    }

    public void Retire() => _link.Retire();

    public async Task<Leave> CloseAsync(CancellationToken giveUp)
    {
        if (_link.Status.State != LinkState.Connected)
        {
            // Whatever the broker had to say of it, it has said.
            _link.Abandon();
            _presence.Set(online: false);
            await ClearAsync(giveUp);
            return Leave.WasAway;
        }

        var leave = Leave.ByWill;
        try
        {
            var said = await _link.PublishAsync(_presence.Status(Presence.Offline, _fleet.Clock.Provider.GetUtcNow()), giveUp);
            if (said.IsTaken)
            {
                foreach (var message in _fleet.Options.ClearsRetained ? _presence.Nothing() : [])
                {
                    await _link.PublishAsync(message, giveUp);
                }

                await _link.CloseAsync(giveUp);
                leave = Leave.Goodbye;
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up: the broker publishes the will.
        }

        _link.Abandon();
        _presence.Set(online: false);
        return leave;
    }

    /// <summary>A device that is away cannot clear what is retained of it: its worker does. What another worker has is left alone.</summary>
    private async Task ClearAsync(CancellationToken giveUp)
    {
        try
        {
            foreach (var message in _fleet.Options.ClearsRetained && !IsTaken ? _presence.Nothing() : [])
            {
                await _fleet.Worker.PublishAsync(message, giveUp);
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up: iotmqtt sweep clears it.
        }
    }

    public bool IsCurrent(MqttLink link) => ReferenceEquals(link, _link);

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message) => _inbox.Take(message);

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
        switch (status.State)
        {
            case LinkState.Connected:
                _device.Loop.Post(new AnnounceWork(_device, link));
                break;
            case LinkState.TakenOver:
                _presence.Set(online: false);
                _device.Loop.Post(new TakenOverWork(_device, link.Options.ClientId));
                break;
            case LinkState.Failed:
                _presence.Set(online: false);
                _fleet.Logger.Refused(_device.Id.ToString(), status.Failure!.Message);
                break;
            case LinkState.Reconnecting or LinkState.Closed:
                _presence.Set(online: false);
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
            _presence.Set(online: _presence.IsThere == Presence.Online);
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

        // Else the connection broke meanwhile. The link connects again, and this is said again.
    }

    private MqttLink Create() => new(
        new MqttLinkOptions
        {
            Url = _fleet.Options.Broker,
            ClientId = _presence.ClientId,
            Username = _fleet.Options.Username,
            Password = _fleet.Options.Password,
            Tls = _fleet.Options.Tls,
            KeepAlive = _fleet.Options.KeepAlive,
            BackOff = _fleet.Options.BackOff,
            Will = _presence.Status(Presence.Offline, at: null),
        },
        this,
        _fleet.Links,
        [
            new Subscription(_fleet.Topics.CommandFilter(_device.Id)) { WithRetained = false },
            new Subscription(_fleet.Topics.ControlFilter(_device.Id)) { WithRetained = false },
            .. OwnTopics.Subscriptions([.. _device.Machine.Subscriptions]),
        ]);
}
