using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Lets time pass.</summary>
internal sealed class DelayFrame(DelayNode node) : Frame
{
    private int _timer;
    private TimeSpan _length;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Delay;

    public override void Begin(Machine machine)
    {
        if (node.For.Constant is { } constant)
        {
            Pass(machine, constant);
        }
        else
        {
            Evaluate(machine, node.For.Computed!);
        }
    }

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (Durations.TryRead(evaluation, out var length, out var problem))
        {
            Pass(machine, length);
        }
        else
        {
            Fail(machine, problem);
        }
    }

    public override void TimerFired(Machine machine, int tag)
    {
        _timer = 0;
        Succeed(machine, Ready.After(_length, Ordinal));
    }

    public override void Release(Machine machine) => machine.Timers.Cancel(ref _timer);

    private void Pass(Machine machine, TimeSpan length)
    {
        _length = length;
        if (length > TimeSpan.Zero)
        {
            _timer = machine.Timers.Set(machine.Now + length, this, 0);
        }
        else
        {
            Succeed(machine, Ready);
        }
    }
}
