using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>
/// A device with one connection, for its control topics and its own: its own client id and will, one subscription for commands and one for what
/// bypasses their queue.
/// </summary>
internal sealed class SingleLink(HostedDevice device, FleetContext fleet, DevicePresence presence) : DeviceLink(device, fleet, presence)
{
    public override bool HasOwnConnection => false;

    protected override bool IsOnTheAir => true;

    public override void Post(OutgoingMessage message) => Link.Post(message);

    public override void PublishOnline(TimeSpan now) => Link.Post(Presence.Status(Presence.IsThere, Fleet.Clock.Calendar(now)), this, token: 0);

    public override async Task<Leave> CloseAsync(CancellationToken giveUp)
    {
        if (Link.Status.State != LinkState.Connected)
        {
            // Whatever the broker had to say of it, it has said.
            Link.Abandon();
            Presence.Set(online: false);
            await ClearAsync(giveUp);
            return Leave.WasAway;
        }

        var leave = Leave.ByWill;
        try
        {
            var said = await Link.PublishAsync(Presence.Status(Protocol.Messages.Presence.Offline, Fleet.Clock.Provider.GetUtcNow()), giveUp);
            if (said.IsTaken)
            {
                foreach (var message in Fleet.Options.ClearsRetained ? Presence.Nothing() : [])
                {
                    await Link.PublishAsync(message, giveUp);
                }

                await Link.CloseAsync(giveUp);
                leave = Leave.Goodbye;
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up: the broker publishes the will.
        }

        Link.Abandon();
        Presence.Set(online: false);
        return leave;
    }

    protected override void OnStatus(MqttLink link, LinkState state)
    {
        if (state == LinkState.Connected)
        {
            Device.Loop.Post(new AnnounceWork(Device, link));
        }
        else if (state is LinkState.TakenOver or LinkState.Failed or LinkState.Reconnecting or LinkState.Closed)
        {
            Presence.Set(online: false);
        }
    }

    protected override MqttLink Create() => new(
        new MqttLinkOptions
        {
            Url = Fleet.Options.Broker,
            ClientId = Presence.ClientId,
            Username = Fleet.Options.Username,
            Password = Fleet.Options.Password,
            Tls = Fleet.Options.Tls,
            KeepAlive = Fleet.Options.KeepAlive,
            BackOff = Fleet.Options.BackOff,
            Will = Presence.Status(Protocol.Messages.Presence.Offline, at: null),
        },
        this,
        Fleet.Links,
        [
            new Subscription(Fleet.Topics.CommandFilter(Device.Id)) { WithRetained = false },
            new Subscription(Fleet.Topics.ControlFilter(Device.Id)) { WithRetained = false },
            .. OwnTopics.Subscriptions([.. Device.Machine.Subscriptions]),
        ]);

    /// <summary>A device that is away cannot clear what is retained of it: its worker does. What another worker has is left alone.</summary>
    private async Task ClearAsync(CancellationToken giveUp)
    {
        try
        {
            foreach (var message in Fleet.Options.ClearsRetained && !IsTaken ? Presence.Nothing() : [])
            {
                await Fleet.Worker.PublishAsync(message, giveUp);
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up: iotmqtt sweep clears it.
        }
    }
}
