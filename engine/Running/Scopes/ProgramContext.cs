using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Scopes;

/// <summary>What all scopes of one program that is being run share.</summary>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Ids">The ids of its nodes.</param>
/// <param name="StepTimeout">How long its commands may stay unanswered, on top of what their models say.</param>
internal sealed record ProgramContext(ValueMap Parameters, StepIdIndex Ids, TimeSpan StepTimeout);
