using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Engine.Running.Nodes;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Commands;

/// <summary>One command of one device, until its terminal acknowledgement. Its result is the acknowledgement's.</summary>
internal sealed class DoFrame(DoNode node) : CommandFrame
{
    private string? _device;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Do;

    public override string Device => _device ??= node.DeviceOf(Scope) ?? node.Device.Name;

    public override string Command => node.Command;

    public override void Begin(Machine machine)
    {
        if (DeviceTargets.TryResolve(node.Device, Scope, out _, out var problem))
        {
            Evaluate(machine, Templates.Map(node.With));
        }
        else
        {
            Fail(machine, problem);
        }
    }

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            Fail(machine, evaluation.Error!);
        }
        else
        {
            Send(machine, evaluation.Value.AsMap);
        }
    }
}
