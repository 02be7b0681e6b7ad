using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>
/// How a device speaks: on its control topics, and on those of its own. It connects again by itself; a fault can sever it, and another client can
/// take it over. What its two kinds have in common; they differ in which connection carries what. DESIGN section 2.
/// </summary>
internal abstract class DeviceLink : ILinkHandler, IPublishObserver
{
    private readonly FirstAnnouncement _announcement = new();
    private MqttLink _own = null!;
    private volatile bool _isSevered;
    private bool _hasBeenAway;

    protected DeviceLink(HostedDevice device, FleetContext fleet, DevicePresence presence)
    {
        Device = device;
        Fleet = fleet;
        Presence = presence;
        Inbox = new Inbox(device, fleet);
    }

    /// <summary>Whether its own topics have a connection of their own: it says by itself when that has come up.</summary>
    public abstract bool HasOwnConnection { get; }

    /// <summary>Whether the broker has taken that it is online, and nothing has changed since.</summary>
    public bool IsOnline => Presence.IsOnline;

    /// <summary>Whether it is away on purpose: severed by a fault.</summary>
    public bool IsAway => _isSevered && !IsTaken;

    /// <summary>Whether another client has taken it over.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>The connection that carries its own topics; null: it is off the air.</summary>
    public MqttLink? Own => _isSevered ? null : Link;

    protected HostedDevice Device { get; }

    protected FleetContext Fleet { get; }

    protected DevicePresence Presence { get; }

    protected Inbox Inbox { get; }

    /// <summary>Whether it is off the air.</summary>
    protected bool IsSevered => _isSevered;

    /// <summary>The connection of the device itself; a new one after each time that it was off the air.</summary>
    protected MqttLink Link => _own;

    /// <summary>Makes its connection, which does not connect yet. Once, when the device is made: its will is computed then.</summary>
    public void Prepare() => _own = Create();

    /// <summary>Publishes on a control topic; nobody waits for it, and what goes wrong is counted and logged by the link. On the loop only.</summary>
    public abstract void Post(OutgoingMessage message);

    /// <summary>Publishes on a topic of the device's own. On the loop only.</summary>
    public void PostOwn(OutgoingMessage message) => Link.Post(message);

    /// <summary>Connects, trying again as long as that can help, and returns when the broker has taken that the device is online.</summary>
    /// <returns>Why not; null: it is online, or a fault keeps it away.</returns>
    public async Task<LinkFailure?> ConnectAsync(CancellationToken giveUp)
    {
        if (_isSevered)
        {
            return null;
        }

        // Its own topics first: once it says that it is online, it hears what is said there.
        var failure = await FirstConnection.MakeAsync(Link, Fleet, giveUp) ?? await _announcement.WaitAsync(giveUp);

        // Somebody else may have turned out to have it meanwhile.
        return _hasBeenAway ? null : failure;
    }

    /// <summary>Says what the device is. On the loop.</summary>
    public void PublishIdentity()
    {
        foreach (var message in Presence.Identity())
        {
            Post(message);
        }
    }

    /// <summary>Says that the device takes commands. On the loop.</summary>
    public abstract void PublishOnline(TimeSpan now);

    /// <summary>A fault takes the device off the air, without a goodbye. On the loop.</summary>
    public void Sever()
    {
        if (!_isSevered)
        {
            _isSevered = true;
            _hasBeenAway = true;

            // The broker sees a broken connection, and publishes the will.
            Link.Abandon();
            WentAway();
            Presence.Set(online: false);
            _announcement.Taken();
        }
    }

    /// <summary>Another client has its client id: it leaves it to that one for a while. On the loop.</summary>
    public void Yield()
    {
        IsTaken = true;
        Sever();
    }

    /// <summary>The fault, or the while, is over. On the loop.</summary>
    public void Restore()
    {
        if (_isSevered)
        {
            _own = Create();
            _isSevered = false;
            IsTaken = false;
            _own.Start();
        }
    }

    /// <summary>A connection that is lost from now on is not made again. After the loop has forgotten the device, before it is closed.</summary>
    public void Retire() => Link.Retire();

    /// <summary>Says goodbye. After <see cref="Retire"/>.</summary>
    /// <returns>How the device left, as the broker has it.</returns>
    public abstract Task<Leave> CloseAsync(CancellationToken giveUp);

    /// <summary>Whether a link that has come up is one that counts; an earlier one may still have something to say.</summary>
    public virtual bool IsCurrent(MqttLink link) => ReferenceEquals(link, _own);

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message) => Inbox.Take(message);

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
        if (status.State == LinkState.TakenOver)
        {
            Device.Loop.Post(new TakenOverWork(Device, link.Options.ClientId));
        }
        else if (status.State == LinkState.Failed)
        {
            Fleet.Logger.Refused(Device.Id.ToString(), status.Failure!.Message);
        }

        OnStatus(link, status.State);
    }

    bool IPublishObserver.OnGranted(long token, long timestamp) => true;

    void IPublishObserver.OnCompleted(long token, PublishResult result)
    {
        if (result.IsTaken)
        {
            Presence.Set(online: IsOnTheAir && Presence.IsThere == Protocol.Messages.Presence.Online);
            if (_isSevered)
            {
                // Meanwhile it has gone.
                Presence.Set(online: false);
            }

            _announcement.Taken();
        }
        else if (result.Outcome == PublishOutcome.Refused)
        {
            _announcement.Refused(Presence.Refused(result));
        }

        // Else the connection broke meanwhile. The link connects again, and this is said again.
    }

    /// <summary>Whether the connections that it needs to count as online stand, once the broker has taken that it is.</summary>
    protected abstract bool IsOnTheAir { get; }

    /// <summary>Its connection has changed. Any thread.</summary>
    protected abstract void OnStatus(MqttLink link, LinkState state);

    /// <summary>It has gone off the air. On the loop.</summary>
    protected virtual void WentAway()
    {
    }

    /// <summary>Makes a connection of the device.</summary>
    protected abstract MqttLink Create();
}
