using IotMqtt.Models.Devices.Messages;

namespace IotMqtt.Models.Behaviour.Plans;

/// <summary>A message of a model, prepared once.</summary>
/// <param name="Definition">The message.</param>
/// <param name="Index">Its place among the messages of its model: each has a count and chance of its own.</param>
/// <param name="Entry">Under which name programs look out for it; null: under none.</param>
/// <param name="Where">What errors call it.</param>
internal sealed record MessagePlan(MessageDefinition Definition, int Index, string? Entry, string Where);

/// <summary>What a model does with a message that comes, prepared once.</summary>
/// <param name="Definition">What it says.</param>
/// <param name="Index">Its place among the messages of its model: it has chance of its own.</param>
/// <param name="Replies">The messages of its replies, in their order.</param>
/// <param name="NeedsLevels">Whether an expression looks at the levels of the topic.</param>
/// <param name="NeedsMessage">Whether an expression looks at more than topic and payload.</param>
internal sealed record ReceivePlan(ReceiveDefinition Definition, int Index, MessagePlan[] Replies, bool NeedsLevels, bool NeedsMessage);
