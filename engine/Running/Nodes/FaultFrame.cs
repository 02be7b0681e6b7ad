using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Commands;
using IotMqtt.Engine.Running.Machinery;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Lets something go wrong with devices, until the steps of the node around it have ended.</summary>
internal sealed class FaultFrame(FaultNode node) : Frame
{
    private int _timer;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Fault;

    public override void Begin(Machine machine)
    {
        var devices = ImmutableArray.CreateBuilder<string>(node.On.Length);
        foreach (var target in node.On)
        {
            if (!DeviceTargets.TryResolve(target, Scope, out var device, out var problem))
            {
                Fail(machine, problem);
                return;
            }

            devices.Add(device);
        }

        var fault = new Effect.SetFault(NextTicket(), devices.MoveToImmutable(), node.Fault);
        var around = IsNode ? Parent : Parent!.Parent;
        around!.Hold(fault);
        _timer = machine.Timers.Set(machine.Now + machine.Options.WorldBound, this, 0, isLimit: true);
        Ask(machine, fault);
    }

    public override void Performed(Machine machine, Fact.Performed performed)
    {
        if (performed.Error is null)
        {
            Succeed(machine, Ready);
        }
        else
        {
            Fail(machine, performed.Error, code: "fault");
        }
    }

    public override void TimerFired(Machine machine, int tag)
    {
        _timer = 0;
        Fail(machine, $"the fault could not be set within {Models.Chance.DurationText.Format(machine.Options.WorldBound)}", StepStatus.Unknown);
    }

    public override void Release(Machine machine) => machine.Timers.Cancel(ref _timer);
}
