using IotMqtt.Models.Behaviour.Messages;

namespace IotMqtt.Models.Behaviour;

/// <summary>Is told what devices say and hear on topics of their own, and what is wrong with them. Called where devices are handled: to note and return.</summary>
internal interface IDeviceTap
{
    /// <summary>A message has come for a device.</summary>
    void Received(string device, in OwnMessage message);

    /// <summary>A device sends a message.</summary>
    void Sent(string device, in OwnMessage message);

    /// <summary>An expression of its model, or its code, has failed.</summary>
    void Failed(string device, string where, string error);
}
