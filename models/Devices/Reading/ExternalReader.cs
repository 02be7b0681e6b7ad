using System.Collections.Immutable;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices.External;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices.Reading;

/// <summary>Reads what is said of devices that are not ours: how it shows that they are there, and that they did what they were told. DESIGN section 6.</summary>
/// <param name="names">The names of the model.</param>
/// <param name="received">The names of its entries of <c>receives</c>.</param>
/// <param name="diagnostics">Gets what is wrong.</param>
internal sealed class ExternalReader(OwnNames names, IReadOnlyCollection<string> received, DiagnosticBag diagnostics)
{
    /// <summary>The keys of commands that only such devices have.</summary>
    public static readonly string[] CommandKeys = ["publish", "done", "failed"];

    /// <summary>What only a device of ours does by itself.</summary>
    private static readonly string[] OfOurs = ["telemetry", "sends", "will", "birth"];

    private static readonly (string, Shape)[] OfPublish = [("args", Shape.Any), ("n", Shape.Any), ("t", Shape.Any)];

    private static readonly (string, Shape)[] OfAnswer = [.. OwnTopicReader.OfReceived, ("args", Shape.Any)];

    private readonly MessageReader _messages = new(names, diagnostics);

    /// <summary>Reads whether a model is of devices that are not ours; what such a model cannot have is noted.</summary>
    public static bool IsExternal(MapReader map)
    {
        if (map.Boolean("external") == true)
        {
            foreach (var key in OfOurs)
            {
                map.Refuse(key, "is for devices that are emulated: this one is external, and says by itself what it says");
            }

            return true;
        }

        map.Refuse("online", "is for devices that are not ours", "write external: true beside it");
        return false;
    }

    /// <summary>Reads <c>online</c>: one message or several.</summary>
    public ImmutableArray<OnlineDefinition> Online(MapReader map)
    {
        var online = ImmutableArray.CreateBuilder<OnlineDefinition>();
        foreach (var node in map.OneOrList("online"))
        {
            if (MapReader.Open(node, "online", diagnostics) is not { } entry)
            {
                continue;
            }

            var topic = _messages.Filter(entry);
            var where = Condition(entry.Take("where"), OwnTopicReader.OfReceived);
            var (format, quality) = (MessageReader.Format(entry), MessageReader.QualityOfService(entry));
            entry.Done();
            if (topic is not null)
            {
                online.Add(new OnlineDefinition { Topic = topic, At = entry.Take("topic")!.At, Format = format, QualityOfService = quality, Where = where });
            }
        }

        return online.DrainToImmutable();
    }

    /// <summary>Reads the keys of a command that only such devices have.</summary>
    public CommandDefinition Read(MapReader map, CommandDefinition command)
    {
        var publishes = ImmutableArray.CreateBuilder<MessageDefinition>();
        if (map.Require("publish") is { } publish)
        {
            foreach (var node in publish is YamlList list ? list.Items : [publish])
            {
                if (MapReader.Open(node, "publish", diagnostics) is { } entry && _messages.Read(entry, "publish", needsTopic: true, OfPublish) is { } message)
                {
                    entry.Done();
                    publishes.Add(message);
                }
            }
        }

        var done = Done(map);
        if (map.Has("failed") && done is null && !map.Has("done"))
        {
            diagnostics.Error(map.Take("failed")!.At, "failed is waited for as long as done, and there is no done", "write done: { received: …, within: 5s }");
        }

        return command with
        {
            Takes = new DurationSpec.Fixed(TimeSpan.Zero),
            Publishes = publishes.DrainToImmutable(),
            Done = done,
            Failures = [.. map.OneOrList("failed").Select(Failed).OfType<FailedDefinition>()],
        };
    }

    private DoneDefinition? Done(MapReader map)
    {
        if (map.MapOf("done") is not { } entry)
        {
            return null;
        }

        var name = Received(entry);
        var where = Condition(entry.Take("where"), OfAnswer);
        var within = entry.RequireDuration("within");
        if (within <= TimeSpan.Zero)
        {
            diagnostics.Error(entry.Take("within")!.At, "within must be longer than nothing");
        }

        entry.Done();
        return name is null || within is null ? null : new DoneDefinition { Received = name, Where = where, Within = within.Value };
    }

    private FailedDefinition? Failed(YamlNode node)
    {
        if (MapReader.Open(node, "failed", diagnostics) is not { } entry)
        {
            return null;
        }

        var name = Received(entry);
        var where = Condition(entry.Take("where"), OfAnswer);
        var error = entry.Take("error") is { } text ? ValueTemplate.Parse(text, diagnostics) : null;
        names.Check(error, OfAnswer);
        entry.Done();
        return name is null ? null : new FailedDefinition { Received = name, Where = where, Error = error };
    }

    private string? Received(MapReader entry)
    {
        if (entry.RequireText("received") is not { } name)
        {
            return null;
        }

        if (received.Contains(name))
        {
            return name;
        }

        diagnostics.Error(
            entry.Take("received")!.At, $"there is no \"{name}\" among what the device says", Suggest.For(name, received) ?? $"declare it: receives: {{ {name}: {{ topic: … }} }}");
        return null;
    }

    private Expression? Condition(YamlNode? node, (string, Shape)[] others)
    {
        var condition = node is null ? null : Expression.Parse(node, diagnostics);
        names.Check(condition, others);
        return condition;
    }
}
