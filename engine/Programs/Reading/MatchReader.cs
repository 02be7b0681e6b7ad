using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads which message a <c>wait</c>, an <c>expect</c> or a <c>never</c> is about.</summary>
internal static class MatchReader
{
    /// <summary>Its keys; exactly one of the first six must be there.</summary>
    public static IReadOnlyList<Key> Keys { get; } =
    [
        new("telemetry", Shape.Reference, "A reading: device.reading."),
        new("event", Shape.Reference, "An event: device.event."),
        new("state", Shape.Ref("device"), "The state of a device."),
        new("received", Shape.Reference, "A message that came to a device on a topic of its own: device.entry."),
        new("sent", Shape.Reference, "A message that a device sent on a topic of its own: device.entry."),
        new("topic", Shape.Text, "A message of a topic; + and # stand for levels."),
        new("where", Shape.Condition, "A condition over value and topic."),
    ];

    /// <summary>The keys that say which kind of message.</summary>
    public static IReadOnlyList<string> KindNames { get; } = ["telemetry", "event", "state", "received", "sent", "topic"];

    /// <summary>Reads the match; the mapping's other keys are the caller's.</summary>
    public static MatchSpec? Read(MapReader map, string what, DiagnosticBag diagnostics)
    {
        var where = map.Take("where") is { } node ? ValueReader.Condition(node, "where", diagnostics) : null;
        YamlEntry? found = null;
        foreach (var entry in map.Map.Entries)
        {
            if (!KindNames.Contains(entry.Key.Text))
            {
                continue;
            }

            if (found is not null)
            {
                diagnostics.Error(entry.Key.At, $"{what} has both \"{found.Key.Text}\" and \"{entry.Key.Text}\"", "keep one of them");
                return null;
            }

            found = entry;
        }

        if (found is null)
        {
            if (KindNames.Any(map.Map.Mentions))
            {
                return null;
            }

            diagnostics.Error(map.At, $"{what} does not say what to look for", $"give it one of: {string.Join(", ", KindNames)}");
            return null;
        }

        return Read(found, where, diagnostics);
    }

    private static MatchSpec? Read(YamlEntry entry, Expression? where, DiagnosticBag diagnostics)
    {
        switch (entry.Key.Text)
        {
            case "telemetry":
                return CommandReader.Read(entry.Value, "a reading", "attic.temperature", diagnostics) is { } reading
                    ? new(MatchKind.Telemetry, reading.Device, Constant(reading.Name), where) { EntryAt = reading.NameAt }
                    : null;
            case "event":
                return CommandReader.Read(entry.Value, "an event", "doorbell.pressed", diagnostics) is { } @event
                    ? new(MatchKind.Event, @event.Device, Constant(@event.Name), where) { EntryAt = @event.NameAt }
                    : null;
            case "received" or "sent":
                return CommandReader.Read(entry.Value, "a message", "unit-7.downlink", diagnostics) is { } message
                    ? new(entry.Key.Text == "sent" ? MatchKind.Sent : MatchKind.Received, message.Device, Constant(message.Name), where) { EntryAt = message.NameAt }
                    : null;
            case "state":
                return CommandReader.Device(entry.Value, "state", diagnostics) is { } device
                    ? new(MatchKind.State, device, null, where)
                    : null;
            default:
                return NodeReader.Text(entry.Value, "topic", diagnostics) is { } text && ValueTemplate.Parse(entry.Value, diagnostics) is { } topic
                    && TopicText.CheckFilter(text, entry.Value.At, diagnostics)
                        ? new(MatchKind.Topic, null, topic, where)
                        : null;
        }
    }

    private static ValueTemplate.Constant Constant(string text) => new(Models.Values.Value.Of(text));
}
