using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Scopes;

/// <summary>All the names that an expression of a program sees: those of the program, devices by their ids, <c>env</c>, and a message.</summary>
/// <param name="program">The program's own names.</param>
/// <param name="devices">The devices.</param>
/// <param name="environment">Environment variables.</param>
internal sealed class WorldScope(ProgramScope program, IDeviceViews devices, ValueMap environment) : IExpressionScope
{
    /// <summary>The message that a condition is about: <c>value</c> and <c>topic</c>; null: it is about none.</summary>
    public (Value Value, string Topic)? Message { get; init; }

    /// <summary>A variable that stands for a device, while a selection is made; null: none.</summary>
    public (string Name, string Device)? Candidate { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Names
    {
        get
        {
            IEnumerable<string> message = Message is null ? [] : ["value", "topic"];
            IEnumerable<string> candidate = Candidate is { } named ? [named.Name] : [];
            return [.. candidate, .. message, .. program.Names, "env", .. devices.Ids];
        }
    }

    /// <inheritdoc/>
    public bool TryResolve(string name, out Value value)
    {
        if (Message is { } message && name is ("value" or "topic"))
        {
            value = name == "value" ? message.Value : Value.Of(message.Topic);
            return true;
        }

        if (Candidate is { } candidate && string.Equals(candidate.Name, name, StringComparison.Ordinal))
        {
            return devices.TryGet(candidate.Device, out value);
        }

        if (program.TryResolve(name, out value))
        {
            return true;
        }

        if (program.TryResolveDevice(name, out var device))
        {
            return devices.TryGet(device, out value);
        }

        if (name == "env")
        {
            value = Value.Of(environment);
            return true;
        }

        return devices.TryGet(name, out value);
    }

    /// <inheritdoc/>
    public bool TryResolveDevice(string id, out Value device) => devices.TryGet(id, out device);
}
