using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs;

/// <summary>Where a name and its value were written.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
internal readonly record struct EntryPosition(SourcePosition Name, SourcePosition Value);
