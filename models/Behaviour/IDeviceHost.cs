using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

/// <summary>What a device does to the world around it. The host carries it out: over MQTT, or in virtual time.</summary>
internal interface IDeviceHost
{
    /// <summary>Send an acknowledgement. Called only where one was asked for.</summary>
    void Reply(in CommandReply reply);

    /// <summary>The device's properties changed; its retained state should follow.</summary>
    void StateChanged();

    /// <summary>Publish a reading.</summary>
    void Telemetry(string name, Value value);

    /// <summary>Publish an event.</summary>
    void Event(string name, Value value);

    /// <summary>Publish a message on a topic of the device's own.</summary>
    void Publish(in OwnMessage message);

    /// <summary>A message has come on a topic of the device's own, and an entry of the model takes it; <see cref="OwnMessage.Entry"/> says which.</summary>
    void Received(in OwnMessage message);

    /// <summary>Lose the connection without a goodbye; null: until <see cref="Reconnect"/>.</summary>
    void Disconnect(TimeSpan? duration);

    /// <summary>Connect again.</summary>
    void Reconnect();

    /// <summary>A device that is not ours has come or gone; <see cref="DeviceMachine.IsThere"/> says which.</summary>
    void PresenceChanged();

    /// <summary>Whether anybody can hear what is published to a topic; true where that cannot be known.</summary>
    bool IsHeard(string topic);

    /// <summary>Its model is wrong: an expression could not be evaluated, or came to a value that does not fit.</summary>
    /// <param name="where">In which part of the model, such as <c>telemetry temperature</c>.</param>
    /// <param name="error">What is wrong.</param>
    void EvaluationFailed(string where, string error);
}
