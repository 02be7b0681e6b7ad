using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <summary>Is told what the devices of a virtual world say and hear, on their control topics, too.</summary>
internal interface IWorldTap
{
    /// <summary>A message has come for a device.</summary>
    void Received(TimeSpan at, string device, in OwnMessage message);

    /// <summary>A device sends a message.</summary>
    void Sent(TimeSpan at, string device, in OwnMessage message);

    /// <summary>The properties of a device are others now.</summary>
    void Changed(string device, ValueMap state);
}
