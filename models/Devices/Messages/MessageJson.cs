using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices.Messages;

/// <summary>Writes messages as a model's file has them.</summary>
internal static class MessageJson
{
    /// <summary>The keys of a message; none where there is none.</summary>
    public static ValueMap.Builder Message(MessageDefinition? message)
    {
        var map = new ValueMap.Builder();
        if (message is null)
        {
            return map;
        }

        Set(map, "topic", message.Topic);
        if (message.Payload is { } payload)
        {
            var content = TemplateText.Write(payload);
            map.Set("payload", message.Format == PayloadFormat.Any ? content : Value.Of(ValueMap.Of((Name(message.Format), content))));
        }

        map.Set("qos", Value.Of((long)message.QualityOfService));
        map.Set("retain", Value.Of(message.Retain));
        Set(map, "content-type", message.ContentType);
        ModelJson.Add(map, "properties", message.UserProperties, property => property.Key, property => TemplateText.Write(property.Value));
        if (message.Expiry is { } expiry)
        {
            map.Set("expiry", Value.Of(Chance.DurationText.Format(expiry)));
        }

        return map;
    }

    public static Value Receive(DeviceModel model, ReceiveDefinition receive)
    {
        var map = new ValueMap.Builder();
        Set(map, "topic", receive.Topic);
        if (receive.Format != PayloadFormat.Any)
        {
            map.Set("format", Value.Of(Name(receive.Format)));
        }

        map.Set("qos", Value.Of((long)receive.QualityOfService));
        map.Set("shared", Value.Of(receive.IsShared));
        map.Set("retained", Value.Of(receive.WithRetained));
        if (receive.Where is { } where)
        {
            map.Set("where", Value.Of(where.Source));
        }

        ModelJson.Add(map, "set", receive.Set, assignment => model.Properties[assignment.Property].Name, assignment => TemplateText.Write(assignment.Value));
        if (receive.Do is { } command)
        {
            map.Set("do", Value.Of(command));
        }

        Set(map, "with", receive.With);
        if (!receive.Replies.IsEmpty)
        {
            map.Set("reply", Value.Of([.. receive.Replies.Select(Reply)]));
        }

        return Value.Of(map.Build());
    }

    private static Value Reply(ReplyDefinition reply)
    {
        var map = Message(reply.Message);
        map.Set("name", Value.Of(reply.Name));
        map.Set("when", Value.Of(reply.AtOnce ? "at-once" : "done"));
        if (reply.After is { } after)
        {
            map.Set("after", ModelJson.Duration(after));
        }

        if (reply.Where is { } where)
        {
            map.Set("where", Value.Of(where.Source));
        }

        return Value.Of(map.Build());
    }

    internal static void Set(ValueMap.Builder map, string key, ValueTemplate? template)
    {
        if (template is not null)
        {
            map.Set(key, TemplateText.Write(template));
        }
    }

    internal static string Name(PayloadFormat format) => format.ToString().ToLowerInvariant();
}
