using IotMqtt.Models.Behaviour.Plans;
using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour.Messages;

/// <summary>A message that came, for as long as something is owed to it.</summary>
/// <param name="Plan">What the model does with it.</param>
/// <param name="Message">The message.</param>
/// <param name="Names">What expressions see of it.</param>
internal sealed record Cause(ReceivePlan Plan, OwnMessage Message, ValueMap Names)
{
    /// <summary>The arguments that it asks for, before they are held against the command.</summary>
    public ValueMap Arguments { get; init; } = ValueMap.Empty;

    /// <summary>The device's own code asked for it, and goes on with this; null: a message did.</summary>
    public Action<StandInOutcome, TimeSpan>? Then { get; init; }
}
