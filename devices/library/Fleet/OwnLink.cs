using IotMqtt.Models.Fleets;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet;

/// <summary>
/// A connection for the topics of a device's own, beside that of its control topics: where one connection cannot serve both, because a
/// connection has one will.
/// </summary>
internal sealed class OwnLink : ILinkHandler
{
    private readonly HostedDevice _device;
    private readonly FleetContext _fleet;
    private readonly Inbox _inbox;
    private MqttLink _link;

    public OwnLink(HostedDevice device, FleetContext fleet)
    {
        _device = device;
        _fleet = fleet;
        _inbox = new Inbox(device, fleet);
        _link = Create();
    }

    /// <summary>Whether a device needs one.</summary>
    public static bool IsNeeded(DeviceDefinition device) => device.Model.Will is not null;

    public void Post(OutgoingMessage message) => _link.Post(message);

    /// <summary>Connects and subscribes.</summary>
    /// <returns>Why not; null: it did.</returns>
    public Task<LinkFailure?> ConnectAsync(CancellationToken giveUp) => FirstConnection.MakeAsync(_link, _fleet, giveUp);

    /// <summary>A fault takes it off the air; the broker publishes the will.</summary>
    public void Sever() => _link.Abandon();

    /// <summary>The fault is over.</summary>
    public void Restore()
    {
        _link = Create();
        _link.Start();
    }

    /// <summary>A connection that is lost from now on is not made again.</summary>
    public void Retire() => _link.Retire();

    /// <summary>Says goodbye: no will follows.</summary>
    public async Task CloseAsync(CancellationToken giveUp)
    {
        try
        {
            await _link.CloseAsync(giveUp);
        }
        catch (OperationCanceledException)
        {
            _link.Abandon();
        }
    }

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message) => _inbox.Take(message);

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
        switch (status.State)
        {
            case LinkState.Connected:
                _device.Loop.Post(new ConnectedWork(_device));
                break;
            case LinkState.TakenOver:
                _device.Loop.Post(new TakenOverWork(_device, link.Options.ClientId));
                break;
            case LinkState.Failed:
                _fleet.Logger.Refused(_device.Id.ToString(), status.Failure!.Message);
                break;
            default:
                break;
        }
    }

    private MqttLink Create() => new(
        new MqttLinkOptions
        {
            Url = _fleet.Options.Broker,
            ClientId = _fleet.Options.ClientIdPrefix + _device.Id,
            Username = _fleet.Options.Username,
            Password = _fleet.Options.Password,
            Tls = _fleet.Options.Tls,
            KeepAlive = _fleet.Options.KeepAlive,
            BackOff = _fleet.Options.BackOff,
            Will = _device.Machine.Will(_fleet.Clock.Now) is { } will ? OwnTopics.To(will) : null,
        },
        this,
        _fleet.Links,
        [.. OwnTopics.Subscriptions([.. _device.Machine.Subscriptions])]);

    /// <summary>The device's own connection has come up.</summary>
    private sealed class ConnectedWork(HostedDevice device) : Loops.ILoopWork
    {
        public void Run(TimeSpan now) => device.Born(now);
    }
}
