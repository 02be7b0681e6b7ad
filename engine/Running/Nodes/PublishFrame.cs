using System.Collections.Immutable;
using System.Text;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Expecting;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Publishes a message; ends when the broker has taken it. Once sent it cannot be cancelled: it is awaited.</summary>
internal sealed class PublishFrame(PublishNode node) : Frame
{
    private int _timer;

    public override Node Node => node;

    public override NodeKind? Kind => NodeKind.Publish;

    public override void Begin(Machine machine) =>
        Evaluate(machine, new ValueTemplate.List([node.Topic, node.Payload.Value ?? new ValueTemplate.Constant(Value.Null)]));

    protected override void Evaluated(Machine machine, in Evaluation evaluation)
    {
        if (evaluation.Failed)
        {
            Fail(machine, evaluation.Error!);
            return;
        }

        var topic = evaluation.Value.AsList[0];
        if (topic.Kind != ValueKind.Text || topic.AsText.Length == 0 || topic.AsText.AsSpan().IndexOfAny('+', '#', '\0') >= 0)
        {
            Fail(machine, $"a topic without wildcards was expected, and this is {topic.ToJson()}");
            return;
        }

        _timer = machine.Timers.Set(machine.Now + machine.Options.WorldBound, this, 0, isLimit: true);
        Ask(machine, new Effect.Publish(NextTicket(), topic.AsText, PayloadOf(evaluation.Value.AsList[1]), node.Qos, node.Retain));
        (Parent as ExpectingFrame)?.ActPublished(machine);
    }

    public override void Performed(Machine machine, Fact.Performed performed)
    {
        if (performed.Error is null)
        {
            Succeed(machine, Ready);
        }
        else
        {
            Fail(machine, performed.Error, code: "publish");
        }
    }

    public override void Halted(Machine machine)
    {
        if (Pending is not Effect.Publish || machine.IsAbandoned)
        {
            Interrupt(machine);
        }
    }

    public override void TimerFired(Machine machine, int tag)
    {
        _timer = 0;
        machine.End(this, Outcome.Failed(
            Error(StepStatus.Unknown, $"the broker has not taken the message within {Models.Chance.DurationText.Format(machine.Options.WorldBound)}"),
            Ready.After(machine.Now - Began, Ordinal)));
    }

    public override void Release(Machine machine) => machine.Timers.Cancel(ref _timer);

    private ImmutableArray<byte> PayloadOf(in Value value) =>
        node.Payload.Bytes is { } bytes ? bytes
        : value.Kind == ValueKind.Text ? [.. Encoding.UTF8.GetBytes(value.AsText)]
        : [.. value.ToJsonBytes()];
}
