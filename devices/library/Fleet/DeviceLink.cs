using IotMqtt.Models.Devices;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet;

/// <summary>
/// A device's connection: its own client id and will, one subscription for commands and one for what bypasses their queue. It
/// connects again by itself; a fault can sever it, and another client can take it over for good.
/// </summary>
internal sealed class DeviceLink : ILinkHandler, IPublishObserver
{
    private readonly HostedDevice _device;
    private readonly FleetContext _fleet;
    private readonly bool _publishesModel;
    private readonly Inbox _inbox;

    // The first announcement, while the start awaits it.
    private TaskCompletionSource<LinkFailure?>? _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly OwnLink? _own;
    private MqttLink _link;
    private bool _isSevered;
    private bool _isOnline;

    public DeviceLink(HostedDevice device, FleetContext fleet, bool publishesModel)
    {
        _device = device;
        _fleet = fleet;
        _publishesModel = publishesModel;
        _inbox = new Inbox(device, fleet);
        _own = OwnLink.IsNeeded(device.Machine.Device) ? new OwnLink(device, fleet) : null;
        _link = Create();
    }

    /// <summary>Whether its own topics have a connection of their own.</summary>
    public bool HasOwnConnection => _own is not null;

    /// <summary>Whether it is away on purpose: severed by a fault.</summary>
    public bool IsAway => _isSevered && !IsTaken;

    /// <summary>Whether another client has taken it over.</summary>
    public bool IsTaken { get; private set; }

    private string ClientId => _fleet.Options.ClientIdPrefix + _device.Id + (_own is null ? "" : "-control");

    /// <summary>Publishes; nobody waits for it, and what goes wrong is counted and logged by the link. On the loop only.</summary>
    public void Post(OutgoingMessage message) => _link.Post(message);

    /// <summary>Publishes on a topic of the device's own. On the loop only.</summary>
    public void PostOwn(OutgoingMessage message)
    {
        if (_own is null)
        {
            _link.Post(message);
        }
        else
        {
            _own.Post(message);
        }
    }

    /// <summary>
    /// Connects, trying again as long as that can help, and returns when the broker has taken that the device is online.
    /// </summary>
    /// <returns>Why not; null: it is online, or a fault keeps it away.</returns>
    public async Task<LinkFailure?> ConnectAsync(CancellationToken giveUp)
    {
        if (_isSevered)
        {
            return null;
        }

        // Its own topics first: once it says that it is online, it hears what is said there.
        if ((_own is null ? null : await _own.ConnectAsync(giveUp)) is { } ownFailure)
        {
            return ownFailure;
        }

        if (await FirstConnection.MakeAsync(_link, _fleet, giveUp) is { } failure)
        {
            return failure;
        }

        var announced = _announced;
        if (announced is null)
        {
            return null;
        }

        using var registration = giveUp.UnsafeRegister(
            static state => ((TaskCompletionSource<LinkFailure?>)state!).TrySetResult(
                new LinkFailure(LinkFailureKind.Unreachable, "The broker has let a device in, but does not acknowledge what it publishes.")),
            announced);
        return await announced.Task;
    }

    /// <summary>Says what the device is. On the loop.</summary>
    public void PublishIdentity()
    {
        var definition = _device.Machine.Device;
        var hash = ModelHash.Parse(definition.Model.Hash);
        if (_publishesModel)
        {
            Post(new OutgoingMessage { Topic = _fleet.Topics.Model(hash), Payload = ModelJson.Write(definition.Model), Retain = true });
        }

        Post(new OutgoingMessage
        {
            Topic = _fleet.Topics.Meta(_device.Id),
            Payload = MessageJson.ToUtf8(new DeviceMeta
            {
                Model = definition.Model.Name,
                Hash = hash,
                Labels = definition.Labels,
                Incarnation = _fleet.Incarnation,
            }),
            Retain = true,
        });
    }

    /// <summary>Says that the device takes commands: its subscriptions are in place. On the loop.</summary>
    public void PublishOnline(TimeSpan now) =>
        _link.Post(Status(Presence.Online, _fleet.Clock.Calendar(now)), this, token: 0);

    /// <summary>A fault takes the device off the air, without a goodbye. On the loop.</summary>
    public void Sever()
    {
        if (!_isSevered)
        {
            _isSevered = true;
            _own?.Sever();

            // The broker sees a broken connection.
            _link.Abandon();
            SetOnline(false);
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
            _isSevered = false;
            IsTaken = false;
            _own?.Restore();
            _link = Create();
            _link.Start();
        }
    }

    /// <summary>A connection that is lost from now on is not made again. After the loop has forgotten the device, before it is closed.</summary>
    public void Retire()
    {
        _own?.Retire();
        _link.Retire();
    }

    /// <summary>Says goodbye. After <see cref="Retire"/>.</summary>
    /// <returns>How the device left, as the broker has it.</returns>
    public async Task<Leave> CloseAsync(CancellationToken giveUp)
    {
        if (_own is not null)
        {
            await _own.CloseAsync(giveUp);
        }

        if (_link.Status.State != LinkState.Connected)
        {
            // Whatever the broker had to say of it, it has said.
            _link.Abandon();
            SetOnline(false);
            return Leave.WasAway;
        }

        var leave = Leave.ByWill;
        try
        {
            var said = await _link.PublishAsync(Status(Presence.Offline, _fleet.Clock.Provider.GetUtcNow()), giveUp);
            if (said.IsTaken)
            {
                await _link.CloseAsync(giveUp);
                leave = Leave.Goodbye;
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up: the broker publishes the will.
        }

        _link.Abandon();
        SetOnline(false);
        return leave;
    }

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message) => _inbox.Take(message);

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
        switch (status.State)
        {
            case LinkState.Connected:
                _device.Loop.Post(new AnnounceWork(_device, link));
                break;
            case LinkState.TakenOver:
                SetOnline(false);
                _device.Loop.Post(new TakenOverWork(_device, ClientId));
                break;
            case LinkState.Failed:
                SetOnline(false);
                _fleet.Logger.Refused(_device.Id.ToString(), status.Failure!.Message);
                break;
            case LinkState.Reconnecting or LinkState.Closed:
                SetOnline(false);
                break;
            default:
                break;
        }
    }

    bool IPublishObserver.OnGranted(long token, long timestamp) => true;

    void IPublishObserver.OnCompleted(long token, PublishResult result)
    {
        var first = Interlocked.Exchange(ref _announced, null);
        if (result.IsTaken)
        {
            SetOnline(true);
            first?.TrySetResult(null);
        }
        else if (result.Outcome == PublishOutcome.Refused)
        {
            var message = $"The broker at {_fleet.Options.Broker} refuses what {_device.Id} publishes (reason code {result.ReasonCode}). Check the broker's access rules.";
            first?.TrySetResult(new LinkFailure(LinkFailureKind.NotAuthorized, message, result.ReasonCode));
            _fleet.Logger.Refused(_device.Id.ToString(), message);
        }
        else if (first is not null)
        {
            // The connection broke meanwhile. The link connects again, and this is said again.
            Volatile.Write(ref _announced, first);
        }
    }

    /// <summary>Whether this link is the one that counts; an earlier one may still have something to say.</summary>
    public bool IsCurrent(MqttLink link) => ReferenceEquals(link, _link);

    private void SetOnline(bool online)
    {
        if (Interlocked.Exchange(ref _isOnline, online) != online)
        {
            _fleet.CountOnline(online ? 1 : -1);
        }
    }

    private OutgoingMessage Status(Presence presence, DateTimeOffset? at) => new()
    {
        Topic = _fleet.Topics.Status(_device.Id),
        Payload = MessageJson.ToUtf8(new DeviceStatus
        {
            State = presence,
            Incarnation = _fleet.Incarnation,
            Ledger = _fleet.Ledger,
            At = at,
        }),
        Retain = true,
    };

    private MqttLink Create() => new(
        new MqttLinkOptions
        {
            Url = _fleet.Options.Broker,
            ClientId = ClientId,
            Username = _fleet.Options.Username,
            Password = _fleet.Options.Password,
            Tls = _fleet.Options.Tls,
            KeepAlive = _fleet.Options.KeepAlive,
            BackOff = _fleet.Options.BackOff,
            Will = Status(Presence.Offline, at: null),
        },
        this,
        _fleet.Links,
        [
            new Subscription(_fleet.Topics.CommandFilter(_device.Id)) { WithRetained = false },
            new Subscription(_fleet.Topics.ControlFilter(_device.Id)) { WithRetained = false },
            .. _own is null ? OwnTopics.Subscriptions([.. _device.Machine.Subscriptions]) : [],
        ]);
}
