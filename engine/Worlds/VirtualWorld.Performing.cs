using System.Collections.Immutable;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Running.Calls;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Worlds;

/// <content>What it does for a run.</content>
internal sealed partial class VirtualWorld
{
    /// <inheritdoc/>
    public void Perform(ReadOnlySpan<Effect> effects, IFactSink facts)
    {
        _facts = facts;
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case Effect.Send send:
                    Send(send);
                    break;
                case Effect.Alarm alarm:
                    _alarm = alarm.At;
                    break;
                case Effect.Evaluate evaluate:
                    facts.Post(new Fact.Evaluated(Now, evaluate.Ticket, Evaluate(evaluate)));
                    break;
                case Effect.Query query:
                    Reach(query.Device, device => device.Query(query.Id, query.Epoch, _run, Now));
                    break;
                case Effect.Cancel cancel:
                    Reach(cancel.Device, device => device.Cancel(cancel.Id, cancel.Epoch, _run, Now));
                    break;
                case Effect.Select select:
                    Select(select);
                    break;
                case Effect.Arm arm:
                    Arm(arm);
                    break;
                case Effect.Recall recall:
                    facts.Post(_matchers.Recall(recall.Armed, Now));
                    break;
                case Effect.Disarm disarm:
                    _matchers.Disarm(disarm.Ticket);
                    break;
                case Effect.Publish publish:
                    Publish(publish);
                    break;
                case Effect.SetFault fault:
                    SetFault(fault);
                    break;
                case Effect.ClearFault fault:
                    foreach (var id in fault.Devices)
                    {
                        Touch(id, device => device.ClearFault(fault));
                    }

                    break;
                case Effect.Fetch fetch:
                    NotCalled(fetch.Ticket);
                    break;
                case Effect.Execute execute:
                    NotCalled(execute.Ticket);
                    break;
                case Effect.Log log:
                    Note(log.Message);
                    break;
                default:
                    break;
            }
        }
    }

    private void Send(Effect.Send send)
    {
        _facts.Post(new Fact.Published(Now, send.Id));
        if (!_devices.TryGetValue(send.Device, out var device))
        {
            _facts.Post(new Fact.PublishFailed(Now, send.Id, PublishFailure.NoSubscribers, $"there is no device {send.Device}"));
        }
        else if (!device.IsReached)
        {
            _facts.Post(new Fact.PublishFailed(Now, send.Id, PublishFailure.NoSubscribers));
        }
        else if (_options.Latency > TimeSpan.Zero)
        {
            After(_options.Latency, () => Arrive(device, send));
        }
        else
        {
            Arrive(device, send);
        }
    }

    private void Arrive(VirtualDevice device, Effect.Send send)
    {
        if (!device.IsAway)
        {
            _options.Tap?.Received(Now, device.Definition.Id, new OwnMessage { Topic = TopicOf(device, $"cmd/{send.Command}"), Payload = Value.Of(send.Arguments).ToJsonBytes() });
            device.Receive(send, _run, Now);
            Schedule(device);
        }
    }

    /// <summary>Something reaches a device, unless it is away by then.</summary>
    private void Reach(string id, Action<VirtualDevice> what) => Deliver(() =>
    {
        if (_devices.TryGetValue(id, out var device) && !device.IsAway)
        {
            what(device);
            Schedule(device);
        }
    });

    /// <summary>Something is done to a device, wherever it is.</summary>
    private void Touch(string id, Action<VirtualDevice> what)
    {
        if (_devices.TryGetValue(id, out var device))
        {
            what(device);
            Schedule(device);
        }
    }

    private void SetFault(Effect.SetFault fault)
    {
        if (fault.Devices.FirstOrDefault(id => !_devices.ContainsKey(id)) is { } missing)
        {
            _facts.Post(new Fact.Performed(Now, fault.Ticket, $"there is no device {missing}"));
            return;
        }

        foreach (var id in fault.Devices)
        {
            Touch(id, device => device.SetFault(fault));
        }

        _facts.Post(new Fact.Performed(Now, fault.Ticket));
    }

    /// <summary>Virtual time calls nobody: what the system under test would answer is not known.</summary>
    private void NotCalled(Ticket ticket) =>
        _facts.Post(new Fact.Called(Now, ticket, new CallAnswer(CallOutcome.NotCarriedOut, Value.Null, "not carried out in a dry run")));

    private Evaluation Evaluate(Effect.Evaluate evaluate)
    {
        var scope = new WorldScope(evaluate.Scope, this, _options.Environment);
        var inputs = new ExpressionInputs(_options.StartedAt + evaluate.Now, evaluate.Seed);
        return evaluate.Condition
            ? _evaluator.EvaluateCondition(((ValueTemplate.Computed)evaluate.Template).Expression, scope, inputs, evaluate.Explained)
            : _evaluator.Evaluate(evaluate.Template, scope, inputs);
    }

    private void Select(Effect.Select select)
    {
        var selected = ImmutableArray.CreateBuilder<string>();
        var inputs = new ExpressionInputs(_options.StartedAt + select.Now, select.Seed);
        foreach (var device in _devices.Values)
        {
            if (!Selections.Fits(select.Selection, device.Definition))
            {
                continue;
            }

            if (select.Where is not null)
            {
                var scope = new WorldScope(select.Scope, this, _options.Environment) { Candidate = (select.As, device.Definition.Id) };
                var holds = _evaluator.EvaluateCondition(select.Where, scope, inputs);
                if (holds.Failed)
                {
                    _facts.Post(new Fact.Selected(Now, select.Ticket, [], $"{device.Definition.Id}: {holds.Error}"));
                    return;
                }

                if (!holds.Value.AsBoolean)
                {
                    continue;
                }
            }

            selected.Add(device.Definition.Id);
        }

        _facts.Post(new Fact.Selected(Now, select.Ticket, selected.ToImmutable()));
    }

    private void Publish(Effect.Publish publish)
    {
        var payload = publish.Payload.AsSpan();
        var value = PayloadText.Decode(payload);
        if (publish.Retain)
        {
            _matchers.Retain(publish.Topic, value, payload.IsEmpty);
        }

        _facts.Post(new Fact.Performed(Now, publish.Ticket));
        foreach (var matcher in _matchers.For(publish.Topic))
        {
            Judge(matcher, value, publish.Topic);
        }

        Carry(new OwnMessage { Topic = publish.Topic, Payload = publish.Payload.AsMemory(), QualityOfService = publish.Qos });
    }
}
