using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Fleets;

namespace IotMqtt.Orchestrator.Cli.Explaining;

/// <summary>What the commands of a program take by their models: of a variable, what they take on the devices that it may stand for.</summary>
internal sealed class PlanTimes(FleetDefinition fleet)
{
    private readonly Dictionary<string, List<DeviceDefinition>> _variables = new(StringComparer.Ordinal);

    /// <summary>What a command takes; empty: it is not known before the run.</summary>
    public string Of(DoNode act)
    {
        var devices = act.Device.Kind switch
        {
            TargetKind.Device => fleet.Find(act.Device.Name) is { } device ? [device] : [],
            TargetKind.Variable => _variables.GetValueOrDefault(act.Device.Name) ?? [],
            _ => [],
        };
        var times = devices.Select(device => device.Model.FindCommand(act.Command)?.Takes).OfType<DurationSpec>().Distinct().Take(2).ToList();
        return times switch
        {
            [] => "",
            [var one] => PlanOptions.Text(one),
            _ => "varies",
        };
    }

    /// <summary>Within an <c>each</c> its variable stands for the devices that it may select.</summary>
    public void Enter(Node node)
    {
        if (node is EachNode each)
        {
            _variables[each.As] = [.. fleet.Devices.Where(device => Selections.Fits(each.Selection, device))];
        }
    }
}
