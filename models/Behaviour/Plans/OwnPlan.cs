using IotMqtt.Models.Devices;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;

namespace IotMqtt.Models.Behaviour.Plans;

/// <summary>What a model says and hears on topics of its own, prepared once for all its devices.</summary>
internal sealed class OwnPlan
{
    private readonly Dictionary<string, MessagePlan> _sends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MessagePlan[]> _published = new(StringComparer.Ordinal);
    private int _count;

    public OwnPlan(DeviceModel model)
    {
        Receives = [.. model.Receives.Select(receive => Receive(receive, model))];
        foreach (var send in model.Sends)
        {
            _sends.Add(send.Name, Plan(send.Message, send.Name, $"sends {send.Name}"));
        }

        OnChange = [.. model.Sends.Where(send => !send.OnChange.IsEmpty).Select(send => (send, _sends[send.Name]))];
        Timed = [.. model.Sends.Where(send => send.Every is not null).Select(send => (send, _sends[send.Name]))];
        Readings = [.. model.Telemetry.Select(reading => reading.Message is { } message ? Plan(message, null, $"telemetry {reading.Name}") : null)];
        Events = model.Events.Where(known => known.Message is not null)
            .ToDictionary(known => known.Name, known => Plan(known.Message!, null, $"event {known.Name}"), StringComparer.Ordinal);
        Will = model.Will is { } will ? Plan(will, null, "will") : null;
        foreach (var command in model.Commands.Where(command => !command.Publishes.IsEmpty))
        {
            _published.Add(command.Name, [.. command.Publishes.Select(message => Plan(message, command.Name, $"publish of {command.Name}"))]);
        }

        Births = [.. model.Births.Select(birth => Plan(birth, null, "birth"))];
    }

    public ReceivePlan[] Receives { get; }

    public (SendDefinition Send, MessagePlan Message)[] OnChange { get; }

    public (SendDefinition Send, MessagePlan Message)[] Timed { get; }

    /// <summary>The messages of the readings, in their order; null: a reading has none.</summary>
    public MessagePlan?[] Readings { get; }

    public Dictionary<string, MessagePlan> Events { get; }

    public MessagePlan? Will { get; }

    public MessagePlan[] Births { get; }

    /// <summary>How many messages there are.</summary>
    public int Count => _count;

    public MessagePlan? Find(string send) => _sends.GetValueOrDefault(send);

    /// <summary>What a device that is not ours is sent for a command.</summary>
    public MessagePlan[] PublishedFor(string command) => _published.GetValueOrDefault(command) ?? [];

    private ReceivePlan Receive(ReceiveDefinition receive, DeviceModel model)
    {
        var replies = receive.Replies.Select(reply => Plan(reply.Message, reply.Name, $"reply to {receive.Name}")).ToArray();
        var names = Expressions(receive).Concat(OfAnswers(receive, model)).SelectMany(expression => expression.Names).Select(use => use.Name).ToHashSet(StringComparer.Ordinal);
        return new ReceivePlan(receive, _count++, replies, names.Contains("levels"), names.Contains("message"));
    }

    /// <summary>What commands of a device that is not ours ask of that message.</summary>
    private static IEnumerable<Expression> OfAnswers(ReceiveDefinition receive, DeviceModel model) => model.Commands.SelectMany(command => (IEnumerable<Expression>)
    [
        .. command.Done is { Where: { } done } one && one.Received == receive.Name ? [done] : Array.Empty<Expression>(),
        .. command.Failures.Where(failure => failure.Received == receive.Name).SelectMany(failure => (IEnumerable<Expression>)
        [
            .. failure.Where is { } where ? [where] : Array.Empty<Expression>(), .. failure.Error?.Expressions ?? [],
        ]),
    ]);

    private static IEnumerable<Expression> Expressions(ReceiveDefinition receive) =>
    [
        .. receive.Where is { } where ? [where] : Array.Empty<Expression>(),
        .. receive.With?.Expressions ?? [],
        .. receive.Set.SelectMany(assignment => assignment.Value.Expressions),
        .. receive.Replies.SelectMany(reply => (IEnumerable<Expression>)
        [
            .. reply.Where is { } where ? [where] : Array.Empty<Expression>(),
            .. reply.Message.Topic?.Expressions ?? [],
            .. reply.Message.Payload?.Expressions ?? [],
            .. reply.Message.ContentType?.Expressions ?? [],
            .. reply.Message.UserProperties.SelectMany(property => property.Value.Expressions),
        ]),
    ];

    private MessagePlan Plan(MessageDefinition message, string? entry, string where) => new(message, _count++, entry, where);
}
