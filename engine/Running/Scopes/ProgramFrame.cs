using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Scopes;

/// <summary>What all scopes of one program that is being run share.</summary>
/// <param name="Parameters">Its parameters.</param>
/// <param name="StepIds">The ids of its nodes.</param>
internal sealed record ProgramFrame(ValueMap Parameters, IReadOnlyList<string> StepIds);
