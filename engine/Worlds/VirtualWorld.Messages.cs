using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <content>What its devices say, and who looks out for it.</content>
public sealed partial class VirtualWorld
{
    internal void StateChanged(VirtualDevice device)
    {
        if (!_matchers.IsEmpty && !device.IsAway)
        {
            Offer(_matchers.For(MatchKind.State, device.Definition.Id, null), device, "state", Value.Of(device.State));
        }
    }

    internal void Said(VirtualDevice device, MatchKind kind, string name, Value value)
    {
        if (!_matchers.IsEmpty && !device.IsAway)
        {
            Offer(_matchers.For(kind, device.Definition.Id, name), device, $"{kind.ToString().ToLowerInvariant()}/{name}", value);
        }
    }

    private void Offer(Effect.Arm[] arms, VirtualDevice device, string entry, Value value)
    {
        // Later: the device is still at work, and conditions look at it.
        foreach (var arm in arms)
        {
            After(_options.Latency, () => Offer(arm, value, $"devices/{device.Definition.Id}/{entry}"));
        }
    }

    private void Arm(Effect.Arm arm)
    {
        _matchers.Arm(arm);
        _facts.Post(new Fact.Armed(Now, arm.Ticket));
        if (!arm.WithRetained)
        {
            return;
        }

        if (arm is { Kind: MatchKind.State, Device: { } id } && _devices.TryGetValue(id, out var device))
        {
            Offer(arm, Value.Of(device.State), $"devices/{id}/state");
        }
        else if (arm is { Kind: MatchKind.Topic, Entry: { } filter })
        {
            foreach (var (topic, value) in _matchers.Retained(filter).ToArray())
            {
                Offer(arm, value, topic);
            }
        }
    }

    private void Offer(Effect.Arm arm, Value value, string topic)
    {
        if (arm.Where is not null)
        {
            var scope = new WorldScope(arm.Scope, this, _options.Environment) { Message = (value, topic) };
            var holds = _evaluator.EvaluateCondition(arm.Where, scope, new ExpressionInputs(_options.StartedAt + Now, arm.Seed));
            if (holds.Failed)
            {
                _facts.Post(new Fact.Matched(Now, arm.Ticket, holds, topic));
                return;
            }

            if (!holds.Value.AsBoolean)
            {
                return;
            }
        }

        _facts.Post(new Fact.Matched(Now, arm.Ticket, Evaluation.Of(value), topic));
    }
}
