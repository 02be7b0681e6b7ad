using System.Collections.Immutable;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices.Reading;

/// <summary>Reads messages on topics of a device's own.</summary>
internal sealed class MessageReader(OwnNames names, DiagnosticBag diagnostics)
{
    private static readonly (string Name, PayloadFormat Format)[] Formats =
        [("json", PayloadFormat.Json), ("text", PayloadFormat.Text), ("hex", PayloadFormat.Hex), ("base64", PayloadFormat.Base64), ("csv", PayloadFormat.Csv)];

    /// <summary>Whether a mapping says anything of a message.</summary>
    public static bool Mentions(MapReader map) => map.Has("topic") || map.Has("payload");

    /// <summary>How the payloads of messages that come are read.</summary>
    public static PayloadFormat Format(MapReader map) => map.OneOf<PayloadFormat>("format", [("any", PayloadFormat.Any), .. Formats]) ?? PayloadFormat.Any;

    /// <summary>The quality of service.</summary>
    public static int QualityOfService(MapReader map) => (int)(map.Integer("qos", 0, 2) ?? MessageDefinition.DefaultQualityOfService);

    /// <summary>Reads the keys of a message; the mapping's other keys are the caller's.</summary>
    /// <param name="map">The mapping.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="needsTopic">Whether it must name a topic.</param>
    /// <param name="others">The names that it has beside the properties.</param>
    /// <returns>Null, with an error, where it is none.</returns>
    public MessageDefinition? Read(MapReader map, string what, bool needsTopic, params (string Name, Shape Shape)[] others)
    {
        var before = diagnostics.Noted;
        var topicNode = needsTopic ? map.Require("topic") : map.Take("topic");
        var message = new MessageDefinition
        {
            At = topicNode?.At ?? map.At,
            Topic = Topic(topicNode, others),
            QualityOfService = QualityOfService(map),
            Retain = map.Boolean("retain") ?? false,
            ContentType = Text(map.Take("content-type"), others),
            UserProperties = UserProperties(map, others),
            Expiry = Expiry(map),
        };
        var payload = map.Take("payload");
        if (payload is not null)
        {
            var (format, content) = Payload(payload);
            names.Check(content, others);
            message = message with { Format = format, Payload = content };
        }

        if (topicNode is null && payload is null && !needsTopic)
        {
            diagnostics.Error(map.At, $"{what} names neither a topic nor a payload", "give it a topic, or at least a payload for the Response Topic of the message that it answers");
        }

        return diagnostics.Noted == before ? message : null;
    }

    /// <summary>Reads the filter that a device subscribes to.</summary>
    public ValueTemplate? Filter(MapReader map)
    {
        if (map.Require("topic") is not { } node || NodeReader.Text(node, "topic", diagnostics) is null || ValueTemplate.Parse(node, diagnostics) is not { } topic)
        {
            return null;
        }

        if (TopicGrammar.ProblemOfFilter(TopicGrammar.Literal(topic)) is { } problem)
        {
            diagnostics.Error(node.At, problem);
            return null;
        }

        names.CheckFixed(topic);
        return topic;
    }

    private ValueTemplate? Topic(YamlNode? node, (string, Shape)[] others)
    {
        if (Text(node, others) is not { } topic)
        {
            return null;
        }

        if (TopicGrammar.ProblemOfName(TopicGrammar.Literal(topic)) is { } problem)
        {
            diagnostics.Error(node!.At, problem);
            return null;
        }

        return topic;
    }

    private ValueTemplate? Text(YamlNode? node, (string, Shape)[] others)
    {
        if (node is null || NodeReader.AnyText(node, "this", diagnostics) is null || ValueTemplate.Parse(node, diagnostics) is not { } text)
        {
            return null;
        }

        names.Check(text, others);
        return text is ValueTemplate.Constant { Value: var value } && value.Kind != ValueKind.Text ? new ValueTemplate.Constant(Value.Of(value.ToJson())) : text;
    }

    private ImmutableArray<KeyValuePair<string, ValueTemplate>> UserProperties(MapReader map, (string, Shape)[] others)
    {
        var properties = ImmutableArray.CreateBuilder<KeyValuePair<string, ValueTemplate>>();
        foreach (var (key, value) in map.Entries("properties"))
        {
            if (Text(value, others) is { } text)
            {
                properties.Add(KeyValuePair.Create(key.Text, text));
            }
        }

        return properties.DrainToImmutable();
    }

    private TimeSpan? Expiry(MapReader map)
    {
        var expiry = map.Duration("expiry");
        if (expiry < TimeSpan.FromSeconds(1))
        {
            diagnostics.Error(map.Take("expiry")!.At, "expiry must be at least 1s: MQTT counts it in whole seconds");
        }

        return expiry;
    }

    /// <summary>A mapping with one key that names a format is that; a mapping or a list is JSON, a text is text.</summary>
    private (PayloadFormat Format, ValueTemplate? Content) Payload(YamlNode node)
    {
        if (node is YamlMap { Entries: [var (key, inner)] } && Formats.FirstOrDefault(known => known.Name == key.Text) is { Name: not null } format)
        {
            var content = ValueTemplate.Parse(inner, diagnostics);
            if (content is ValueTemplate.Constant { Value: var value } && PayloadCodec.TryEncode(format.Format, value, out _) is { } problem)
            {
                diagnostics.Error(inner.At, problem, format.Format == PayloadFormat.Hex ? "write two digits 0-9 a-f for each byte, such as 00ff10" : null);
            }

            return (format.Format, content);
        }

        return (PayloadFormat.Any, ValueTemplate.Parse(node, diagnostics));
    }
}
