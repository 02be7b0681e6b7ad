using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads <c>on-failure</c>.</summary>
internal static class FailureReader
{
    private static readonly (string Name, OnFailure Choice)[] Choices =
        [("drain", OnFailure.Drain), ("cancel", OnFailure.Cancel), ("complete", OnFailure.Complete)];

    /// <summary>The key.</summary>
    public static Key Key { get; } = new(
        "on-failure",
        Shape.OneOf(Choices.Select(choice => choice.Name)),
        "What a failed branch means for the others: drain starts nothing new, cancel cancels what is in flight, complete runs all to their end.");

    /// <summary>Reads it; null where it is not there.</summary>
    public static OnFailure? Read(MapReader step) => step.OneOf<OnFailure>(Key.Name, Choices);
}
