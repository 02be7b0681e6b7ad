using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>
/// Computes the topics of devices as far as they are known before anything runs: what is no topic, and what two devices would receive by
/// mistake. Each fault of a model is said once.
/// </summary>
internal sealed class OwnTopicCheck(DiagnosticBag diagnostics)
{
    private readonly ExpressionEvaluator _evaluator = new();
    private readonly Dictionary<string, string> _receivers = new(StringComparer.Ordinal);
    private readonly HashSet<SourcePosition> _said = [];

    /// <summary>Checks all devices of a fleet.</summary>
    public void Check(IEnumerable<DeviceDefinition> devices)
    {
        foreach (var device in devices)
        {
            if (device.Model.HasOwnTopics)
            {
                Check(device);
            }
        }
    }

    private void Check(DeviceDefinition device)
    {
        foreach (var receive in device.Model.Receives)
        {
            if (Compute(device, receive.Topic) is not { } filter)
            {
                continue;
            }

            if (TopicGrammar.ProblemOfFilter(filter) is { } problem)
            {
                Say(receive.At, $"{problem} (for {device.Id})", null);
            }
            else if (!receive.IsShared && !_receivers.TryAdd(filter, device.Id) && _receivers[filter] != device.Id)
            {
                Say(
                    receive.At,
                    $"{_receivers[filter]} and {device.Id} would both receive {filter}",
                    "put the id or a variable of the device into the topic, or write shared: true if that is meant");
            }
        }

        foreach (var online in device.Model.Online)
        {
            if (Compute(device, online.Topic) is { } filter && TopicGrammar.ProblemOfFilter(filter) is { } problem)
            {
                Say(online.At, $"{problem} (for {device.Id})", null);
            }
        }

        foreach (var message in Messages(device.Model))
        {
            if (message.Topic is { } topic && Compute(device, topic) is { } text && TopicGrammar.ProblemOfName(text) is { } problem)
            {
                Say(message.At, $"{problem} (for {device.Id})", null);
            }
        }
    }

    private static IEnumerable<MessageDefinition> Messages(DeviceModel model) =>
    [
        .. model.Receives.SelectMany(receive => receive.Replies).Select(reply => reply.Message),
        .. model.Sends.Select(send => send.Message),
        .. model.Telemetry.Select(reading => reading.Message).OfType<MessageDefinition>(),
        .. model.Events.Select(known => known.Message).OfType<MessageDefinition>(),
        .. model.Births,
        .. model.Commands.SelectMany(command => command.Publishes),
        .. model.Will is { } will ? [will] : Array.Empty<MessageDefinition>(),
    ];

    /// <summary>A topic that depends on nothing but the id and the variables of the device; null: it is not known yet.</summary>
    private string? Compute(DeviceDefinition device, ValueTemplate topic)
    {
        if (topic.Expressions.SelectMany(expression => expression.Names).Any(use => use.Name != "id" && !device.Vars.TryGet(use.Name, out _)))
        {
            return null;
        }

        var computed = _evaluator.Evaluate(topic, new DeviceScope(device).ForMessage([.. device.Model.Properties.Select(property => property.Initial)], ValueMap.Empty), default);
        return computed.Failed ? null : computed.Value.Kind == ValueKind.Text ? computed.Value.AsText : computed.Value.ToJson();
    }

    private void Say(SourcePosition at, string problem, string? suggestion)
    {
        if (_said.Add(at))
        {
            diagnostics.Error(at, problem, suggestion);
        }
    }
}
