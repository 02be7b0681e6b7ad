using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>
/// The worker's own connection to the control plane. It says whether the worker is there, and serves the control topics of the devices that have
/// a connection of their own for everything else. DESIGN section 2.
/// </summary>
internal sealed class WorkerLink(FleetContext fleet) : ILinkHandler
{
    private readonly Dictionary<DeviceId, (HostedDevice Device, Action<IncomingMessage> Take)> _served = [];
    private readonly TaskCompletionSource _echo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttLink? _link;
    private int _devices;

    /// <summary>Serves the control topics of a device. Before it connects.</summary>
    /// <param name="device">The device.</param>
    /// <param name="take">Takes what comes for it, on the receive path.</param>
    public void Serve(HostedDevice device, Action<IncomingMessage> take) => _served.Add(device.Id, (device, take));

    public void Post(OutgoingMessage message) => _link?.Post(message);

    public void Post(OutgoingMessage message, IPublishObserver observer, long token) => _link?.Post(message, observer, token);

    public Task<PublishResult> PublishAsync(OutgoingMessage message, CancellationToken giveUp) =>
        _link?.PublishAsync(message, giveUp) ?? Task.FromResult(new PublishResult(PublishOutcome.NotSent));

    /// <summary>Connects and subscribes.</summary>
    /// <param name="devices">How many devices the worker hosts.</param>
    /// <param name="giveUp">Ends trying.</param>
    /// <returns>Why not; null: it did.</returns>
    public Task<LinkFailure?> ConnectAsync(int devices, CancellationToken giveUp)
    {
        _devices = devices;
        _link = Create();
        return FirstConnection.MakeAsync(_link, fleet, giveUp);
    }

    /// <summary>Ends when the worker hears itself: what the broker retains of its devices has come before. Bounded.</summary>
    public Task HeardAsync(TimeSpan atMost) => _echo.Task.WaitAsync(atMost, fleet.Clock.Provider).ContinueWith(static _ => { }, TaskScheduler.Default);

    /// <summary>A connection that is lost from now on is not made again; one that stands serves the goodbyes of the devices.</summary>
    public void Retire() => _link?.Retire();

    /// <summary>Says goodbye, and leaves nothing retained. After all devices have.</summary>
    public async Task CloseAsync(CancellationToken giveUp)
    {
        if (_link is null)
        {
            return;
        }

        try
        {
            if (_link.Status.State == LinkState.Connected)
            {
                await _link.PublishAsync(new OutgoingMessage { Topic = fleet.Topics.WorkerStatus(fleet.Incarnation), Retain = true }, giveUp);
            }

            await _link.CloseAsync(giveUp);
        }
        catch (OperationCanceledException)
        {
            // Time is up: the broker publishes the will.
        }

        _link.Abandon();
    }

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message)
    {
        if (!fleet.Topics.TryParse(message.Topic, out var address))
        {
            return;
        }

        switch (address.Kind)
        {
            case TopicKind.Status:
                fleet.Rivals.Take(address.Device, message);
                break;
            case TopicKind.Acknowledgement:
                fleet.Rivals.Answered(address.Device);
                break;
            case TopicKind.WorkerStatus:
                _echo.TrySetResult();
                break;
            default:
                if (_served.TryGetValue(address.Device, out var served))
                {
                    served.Take(message);
                }

                break;
        }
    }

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
        switch (status.State)
        {
            case LinkState.Connected:
                link.Post(Status(new WorkerStatus { State = Presence.Online, Devices = _devices, At = fleet.Clock.Provider.GetUtcNow() }));
                foreach (var (device, _) in _served.Values)
                {
                    device.Loop.Post(new AnnounceWork(device, link));
                }

                break;
            case LinkState.Failed or LinkState.TakenOver:
                fleet.Logger.Refused("the worker", status.Failure!.Message);
                break;
            default:
                break;
        }
    }

    private MqttLink Create() => new(
        new MqttLinkOptions
        {
            Url = fleet.Options.Broker,
            ClientId = $"{fleet.Options.ClientIdPrefix}worker-{fleet.Incarnation}",
            Username = fleet.Options.Username,
            Password = fleet.Options.Password,
            Tls = fleet.Options.Tls,
            KeepAlive = fleet.Options.KeepAlive,
            BackOff = fleet.Options.BackOff,
            Will = Status(new WorkerStatus { State = Presence.Offline }),
        },
        this,
        fleet.Links,
        [
            .. fleet.Options.LooksForRivals
                ? new[]
                {
                    new Subscription(fleet.Topics.AckFilter(fleet.Rivals.Client)),
                    new Subscription(fleet.Topics.WorkerStatus(fleet.Incarnation)) { WithRetained = false },
                    new Subscription(fleet.Topics.AllStatusFilter),
                }
                : [],
            .. _served.Keys.SelectMany(device => new[]
            {
                new Subscription(fleet.Topics.CommandFilter(device)) { WithRetained = false },
                new Subscription(fleet.Topics.ControlFilter(device)) { WithRetained = false },
            }),
        ]);

    private OutgoingMessage Status(WorkerStatus status) => new()
    {
        Topic = fleet.Topics.WorkerStatus(fleet.Incarnation),
        Payload = MessageJson.ToUtf8(status),
        Retain = true,
    };
}
