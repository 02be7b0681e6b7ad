using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>How a device speaks: on its control topics, and on those of its own. DESIGN section 2.</summary>
internal interface IDeviceLink
{
    /// <summary>Whether its own topics have a connection of their own: it says by itself when that has come up.</summary>
    bool HasOwnConnection { get; }

    /// <summary>Whether the broker has taken that it is online, and nothing has changed since.</summary>
    bool IsOnline { get; }

    /// <summary>Whether it is away on purpose: severed by a fault.</summary>
    bool IsAway { get; }

    /// <summary>Whether another client has taken it over.</summary>
    bool IsTaken { get; }

    /// <summary>What carries its own topics; null: a fault holds it, or another client has its id. On the loop.</summary>
    MqttLink? Own { get; }

    /// <summary>Publishes on a control topic; nobody waits for it, and what goes wrong is counted and logged by the link. On the loop only.</summary>
    void Post(OutgoingMessage message);

    /// <summary>Publishes on a topic of the device's own. On the loop only.</summary>
    void PostOwn(OutgoingMessage message);

    /// <summary>Connects, trying again as long as that can help, and returns when the broker has taken that the device is online.</summary>
    /// <returns>Why not; null: it is online, or a fault keeps it away.</returns>
    Task<LinkFailure?> ConnectAsync(CancellationToken giveUp);

    /// <summary>Says what the device is. On the loop.</summary>
    void PublishIdentity();

    /// <summary>Says that the device takes commands. On the loop.</summary>
    void PublishOnline(TimeSpan now);

    /// <summary>A fault takes the device off the air, without a goodbye. On the loop.</summary>
    void Sever();

    /// <summary>Another client has its client id: it leaves it to that one for a while. On the loop.</summary>
    void Yield();

    /// <summary>The fault, or the while, is over. On the loop.</summary>
    void Restore();

    /// <summary>A connection that is lost from now on is not made again. After the loop has forgotten the device, before it is closed.</summary>
    void Retire();

    /// <summary>Says goodbye. After <see cref="Retire"/>.</summary>
    /// <returns>How the device left, as the broker has it.</returns>
    Task<Leave> CloseAsync(CancellationToken giveUp);

    /// <summary>Whether a link that has come up is the one that counts; an earlier one may still have something to say.</summary>
    bool IsCurrent(MqttLink link);
}
