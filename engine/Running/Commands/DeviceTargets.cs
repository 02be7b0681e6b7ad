using System.Diagnostics.CodeAnalysis;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Commands;

/// <summary>Which device a node means.</summary>
internal static class DeviceTargets
{
    public static bool TryResolve(DeviceTarget target, ProgramScope scope, out string device, [NotNullWhen(false)] out string? problem)
    {
        problem = null;
        device = target.Name;
        switch (target.Kind)
        {
            case TargetKind.Variable when !scope.TryResolveDevice(target.Name, out device):
                return TryName(target.Name, scope.TryResolve(target.Name, out var variable) ? variable : default, out device, out problem);
            case TargetKind.Parameter:
                return TryName($"params.{target.Name}", scope.Parameter(target.Name), out device, out problem);
            default:
                return true;
        }
    }

    /// <summary>The device of a command; null where it cannot be told.</summary>
    public static string? DeviceOf(this DoNode node, ProgramScope scope) =>
        TryResolve(node.Device, scope, out var device, out _) ? device : null;

    private static bool TryName(string name, in Value value, out string device, [NotNullWhen(false)] out string? problem)
    {
        var isName = value.Kind == ValueKind.Text && value.AsText.Length > 0;
        device = isName ? value.AsText : "";
        problem = isName ? null : $"{name} should name a device, and it is {value.ToJson()}";
        return isName;
    }
}
