using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

/// <summary>What a device does to the world around it. The host carries it out: over MQTT, or in virtual time.</summary>
public interface IDeviceHost
{
    /// <summary>Send an acknowledgement. Called only where one was asked for.</summary>
    void Reply(in CommandReply reply);

    /// <summary>The device's properties changed; its retained state should follow.</summary>
    void StateChanged();

    /// <summary>Publish a reading.</summary>
    void Telemetry(string name, Value value);

    /// <summary>Publish an event.</summary>
    void Event(string name, Value value);

    /// <summary>Lose the connection without a goodbye; null: until <see cref="Reconnect"/>.</summary>
    void Disconnect(TimeSpan? duration);

    /// <summary>Connect again.</summary>
    void Reconnect();
}
