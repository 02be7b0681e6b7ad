namespace IotMqtt.Engine.Running.Machinery;

/// <summary>A frame's place in the one around it, for people: <c>parallel[1]</c>, <c>each[unit-7]</c>.</summary>
/// <param name="Group">What it is one of; null: it has the path of the frame around it.</param>
/// <param name="Number">Which one.</param>
/// <param name="Name">Which one, by name; null: by its number, or by its id.</param>
internal readonly record struct Place(string? Group, int Number, string? Name = null)
{
    public string ToString(string? id) => $"{Group}[{Name ?? id ?? Number.ToString()}]";
}
