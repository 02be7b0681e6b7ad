using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;
using IotMqtt.Runner.Dispatch.Devices;

namespace IotMqtt.Runner.Dispatch.Expressions;

/// <summary>What an expression of a run sees: the program's names, the devices as they are now, <c>env</c>, and what one use adds.</summary>
/// <param name="program">The program's names there.</param>
/// <param name="devices">The devices.</param>
/// <param name="environment">What <c>env</c> stands for.</param>
/// <param name="own">What this use adds, such as <c>value</c> and <c>topic</c>; it goes before everything else.</param>
internal sealed class RunScope(ProgramScope program, DeviceDirectory devices, Value environment, ValueMap own) : IExpressionScope
{
    private const string Environment = "env";

    public IEnumerable<string> Names => own.Select(entry => entry.Key)
        .Concat(program.Names)
        .Append(Environment)
        .Concat(devices.All.Select(device => device.Name));

    public bool TryResolve(string name, out Value value)
    {
        if (own.TryGet(name, out value) || program.TryResolve(name, out value))
        {
            return true;
        }

        if (name == Environment)
        {
            value = environment;
            return true;
        }

        return TryResolveDevice(program.TryResolveDevice(name, out var id) ? id : name, out value);
    }

    public bool TryResolveDevice(string id, out Value device)
    {
        var known = devices.Find(id);
        device = known?.AsValue() ?? Value.Null;
        return known is not null;
    }
}
