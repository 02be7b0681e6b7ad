using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour.Messages;

/// <summary>A message that came, for as long as something is owed to it.</summary>
/// <param name="Receive">What the model says of it.</param>
/// <param name="Message">The message.</param>
/// <param name="Names">What expressions see of it.</param>
internal sealed record Cause(ReceiveDefinition Receive, OwnMessage Message, ValueMap Names)
{
    /// <summary>The arguments that it asks for, before they are held against the command.</summary>
    public ValueMap Arguments { get; init; } = ValueMap.Empty;
}
