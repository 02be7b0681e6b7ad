namespace IotMqtt.Models.Behaviour;

/// <summary>What a device says to the announcement of a run (<c>control/register</c>).</summary>
/// <param name="Taken">Whether it takes part; false where it knows a higher epoch of the run.</param>
/// <param name="Epoch">The epoch that it holds to.</param>
internal readonly record struct Announcement(bool Taken, long Epoch);
