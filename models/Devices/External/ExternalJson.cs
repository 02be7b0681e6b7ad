using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices.External;

/// <summary>Writes what only models of devices that are not ours have, as their file has it.</summary>
internal static class ExternalJson
{
    /// <summary>What says that a device is there.</summary>
    public static Value Online(OnlineDefinition online)
    {
        var map = new ValueMap.Builder();
        MessageJson.Set(map, "topic", online.Topic);
        if (online.Format != PayloadFormat.Any)
        {
            map.Set("format", Value.Of(MessageJson.Name(online.Format)));
        }

        map.Set("qos", Value.Of((long)online.QualityOfService));
        Set(map, "where", online.Where);
        return Value.Of(map.Build());
    }

    /// <summary>Adds what is published for a command, and what says how it ended.</summary>
    public static void Add(ValueMap.Builder map, CommandDefinition command)
    {
        if (!command.Publishes.IsEmpty)
        {
            map.Set("publish", Value.Of([.. command.Publishes.Select(message => Value.Of(MessageJson.Message(message).Build()))]));
        }

        if (command.Done is { } done)
        {
            var said = new ValueMap.Builder();
            said.Set("received", Value.Of(done.Received));
            Set(said, "where", done.Where);
            said.Set("within", Value.Of(DurationText.Format(done.Within)));
            map.Set("done", Value.Of(said.Build()));
        }

        if (!command.Failures.IsEmpty)
        {
            map.Set("failed", Value.Of([.. command.Failures.Select(Failed)]));
        }
    }

    private static Value Failed(FailedDefinition failed)
    {
        var map = new ValueMap.Builder();
        map.Set("received", Value.Of(failed.Received));
        Set(map, "where", failed.Where);
        MessageJson.Set(map, "error", failed.Error);
        return Value.Of(map.Build());
    }

    private static void Set(ValueMap.Builder map, string key, Expression? condition)
    {
        if (condition is not null)
        {
            map.Set(key, Value.Of(condition.Source));
        }
    }
}
