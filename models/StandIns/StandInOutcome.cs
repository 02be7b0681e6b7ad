using IotMqtt.Models.Values;

namespace IotMqtt.Models.StandIns;

/// <summary>How a command ended that a device's own code had it carry out.</summary>
/// <param name="Succeeded">Whether it was carried out.</param>
/// <param name="Result">What it came to.</param>
/// <param name="Code">Why not, such as <c>precondition-failed</c>; null: it was carried out.</param>
/// <param name="Message">Why not, for people; null: it was carried out.</param>
public sealed record StandInOutcome(bool Succeeded, Value Result, string? Code, string? Message);
