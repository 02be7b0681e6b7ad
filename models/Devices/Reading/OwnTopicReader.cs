using System.Collections.Immutable;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices.Reading;

/// <summary>Reads what a model says on topics of its own, and what it listens to. DESIGN section 6.</summary>
internal sealed class OwnTopicReader(
    ImmutableArray<PropertyDefinition> properties, IReadOnlyCollection<string> declared, OwnNames names, DiagnosticBag diagnostics, bool isExternal = false)
{
    private static readonly (string, Shape)[] OfSend = [("args", Shape.Any), ("n", Shape.Any), ("t", Shape.Any)];

    /// <summary>What expressions see of a message that came.</summary>
    internal static readonly (string, Shape)[] OfReceived =
    [
        ("value", Shape.Any), ("topic", Shape.Any), ("levels", Shape.Any),
        ("message", Shape.Of(["qos", "retain", "responseTopic", "correlation", "contentType", "properties"])),
    ];

    private static readonly (string, Shape)[] OfReply =
        [.. OfReceived, ("args", Shape.Any), ("succeeded", Shape.Any), ("error", Shape.Any), ("result", Shape.Any), ("n", Shape.Any)];

    private readonly AssignmentReader _assignments = new(properties, declared, diagnostics);
    private readonly MessageReader _messages = new(names, diagnostics);

    /// <summary>Reads <c>sends</c>, and the commands that trigger them.</summary>
    public (ImmutableArray<SendDefinition> Sends, ImmutableArray<CommandDefinition> Triggers) Sends(MapReader map)
    {
        var sends = ImmutableArray.CreateBuilder<SendDefinition>();
        var triggers = ImmutableArray.CreateBuilder<CommandDefinition>();
        foreach (var (key, node) in map.Entries("sends"))
        {
            ModelNames.CheckEntity(key.At, key.Text, "a message", diagnostics);
            if (MapReader.Open(node, $"the message {key.Text}", diagnostics) is not { } entry)
            {
                continue;
            }

            var parameters = ImmutableArray.CreateBuilder<ParameterDefinition>();
            foreach (var argument in entry.Entries("args"))
            {
                ModelNames.CheckVariable(argument.Key, "an argument", diagnostics);
                if (TypeReader.Parameter(argument.Key.Text, argument.Value, diagnostics) is { } parameter)
                {
                    parameters.Add(parameter);
                }
            }

            var every = entry.DurationSpec("every");
            if (every is not null && every.Mean < TimeSpan.FromMilliseconds(1))
            {
                diagnostics.Error(entry.Take("every")!.At, "every must be at least 1ms");
            }

            var onChange = OnChange(entry);
            var message = _messages.Read(entry, $"the message {key.Text}", needsTopic: true, OfSend);
            entry.Done();
            triggers.Add(new CommandDefinition
            {
                Name = key.Text,
                Takes = new Chance.DurationSpec.Fixed(TimeSpan.Zero),
                Parameters = parameters.DrainToImmutable(),
                Sends = [key.Text],
                IsTrigger = true,
            });
            if (message is not null)
            {
                sends.Add(new SendDefinition { Name = key.Text, Message = message, Every = every, OnChange = onChange });
            }
        }

        return (sends.DrainToImmutable(), triggers.DrainToImmutable());
    }

    /// <summary>Reads <c>receives</c>.</summary>
    public ImmutableArray<ReceiveDefinition> Receives(MapReader map, ImmutableArray<CommandDefinition> commands)
    {
        var receives = ImmutableArray.CreateBuilder<ReceiveDefinition>();
        if (map.Has("receives"))
        {
            foreach (var hidden in names.Hidden)
            {
                diagnostics.Error(map.Entry("receives")!.Key.At, $"the property {hidden} has the name of something that every message has", $"call the property {hidden}_");
            }
        }

        foreach (var (key, node) in map.Entries("receives"))
        {
            ModelNames.CheckEntity(key.At, key.Text, "a message", diagnostics);
            if (MapReader.Open(node, $"the message {key.Text}", diagnostics) is { } entry && Receive(key.Text, entry, commands) is { } receive)
            {
                receives.Add(receive);
            }
        }

        return receives.DrainToImmutable();
    }

    /// <summary>Reads <c>will</c>.</summary>
    public MessageDefinition? Will(MapReader map) => map.MapOf("will") is { } entry ? Whole(entry, "the will") : null;

    /// <summary>Reads <c>birth</c>: one message, or several.</summary>
    public ImmutableArray<MessageDefinition> Births(MapReader map) =>
        [.. map.OneOrList("birth").Select(node => MapReader.Open(node, "a birth message", diagnostics) is { } entry ? Whole(entry, "a birth message") : null).OfType<MessageDefinition>()];

    /// <summary>Reads the message that carries a reading on a topic of its own, if there is one.</summary>
    public MessageDefinition? OfReading(MapReader map, string name) => MessageReader.Mentions(map)
        ? _messages.Read(map, $"the reading {name}", needsTopic: true, ("value", Shape.Any), ("t", Shape.Any), ("n", Shape.Any))
        : null;

    /// <summary>Reads the message that carries an event on a topic of its own.</summary>
    public MessageDefinition? OfEvent(MapReader map, string name) =>
        _messages.Read(map, $"the event {name}", needsTopic: true, ("value", Shape.Any), ("n", Shape.Any));

    private MessageDefinition? Whole(MapReader entry, string what)
    {
        var message = _messages.Read(entry, what, needsTopic: true);
        entry.Done();
        return message;
    }

    private ImmutableArray<int> OnChange(MapReader entry)
    {
        if (entry.Take("on-change") is not { } node)
        {
            return [];
        }

        if (node is YamlScalar { IsQuoted: false, Text: "true" })
        {
            return [.. Enumerable.Range(0, properties.Length)];
        }

        var slots = ImmutableArray.CreateBuilder<int>();
        foreach (var item in node is YamlList list ? list.Items : [node])
        {
            if (NodeReader.Text(item, "a property", diagnostics) is not { } name)
            {
                continue;
            }

            if (_assignments.SlotOf(name) is >= 0 and var slot)
            {
                slots.Add(slot);
            }
            else if (!declared.Contains(name))
            {
                diagnostics.Error(item.At, $"there is no property \"{name}\"", Suggest.For(name, declared) ?? "on-change takes true, a property, or a list of properties");
            }
        }

        return slots.DrainToImmutable();
    }

    private ReceiveDefinition? Receive(string name, MapReader entry, ImmutableArray<CommandDefinition> commands)
    {
        var before = diagnostics.Noted;
        if (isExternal)
        {
            foreach (var key in (ReadOnlySpan<string>)["do", "with", "reply"])
            {
                entry.Refuse(key, "is for devices that are emulated: this one is external, and does by itself what it does");
            }
        }

        var topic = _messages.Filter(entry);
        var where = entry.Take("where") is { } condition ? Expression.Parse(condition, diagnostics) : null;
        names.Check(where, OfReceived);
        var command = !isExternal && entry.Take("do") is { } act ? Command(act, commands) : null;
        var receive = new ReceiveDefinition
        {
            Name = name,
            Topic = topic ?? new ValueTemplate.Constant(Value.Of("")),
            At = entry.Take("topic")?.At ?? entry.At,
            Format = MessageReader.Format(entry),
            QualityOfService = MessageReader.QualityOfService(entry),
            IsShared = entry.Boolean("shared") ?? false,
            WithRetained = entry.Boolean("retained") ?? false,
            Where = where,
            Set = _assignments.Read(entry.Entries("set"), OfReceivedTemplate),
            Do = command?.Name,
            With = isExternal ? null : With(entry, command),
            Replies = isExternal ? [] : Replies(name, entry, hasCommand: entry.Has("do")),
        };
        entry.Done();
        return diagnostics.Noted == before ? receive : null;
    }

    private CommandDefinition? Command(YamlNode node, ImmutableArray<CommandDefinition> commands)
    {
        if (NodeReader.Text(node, "do", diagnostics) is not { } name)
        {
            return null;
        }

        var command = commands.FirstOrDefault(known => known.Name == name);
        if (command is null)
        {
            diagnostics.Error(node.At, $"there is no command \"{name}\" to do", Suggest.For(name, commands.Select(known => known.Name)));
        }

        return command;
    }

    private ValueTemplate? With(MapReader entry, CommandDefinition? command)
    {
        var node = entry.Take("with");
        if (node is not null && !entry.Has("do"))
        {
            diagnostics.Error(node.At, "with is for the command that do names, and there is no do");
        }

        if (command is null)
        {
            return null;
        }

        var given = node is null ? null : MapReader.Open(node, "with", diagnostics);
        foreach (var argument in given?.Map.Entries ?? [])
        {
            if (command.FindParameter(argument.Key.Text) is null)
            {
                var problem = command.UnknownArgument(argument.Key.Text);
                diagnostics.Error(argument.Key.At, problem.Message, problem.Suggestion);
            }
        }

        foreach (var parameter in command.Parameters.Where(parameter => parameter.IsRequired && given?.Map.Mentions(parameter.Name) != true))
        {
            diagnostics.Error((node ?? entry.Take("do")!).At, command.MissingArgument(parameter).Message, $"write with: {{ {parameter.Name}: \"${{value.{parameter.Name}}}\" }}");
        }

        var template = given is null ? null : ValueTemplate.Parse(given.Map, diagnostics);
        names.Check(template, OfReceived);
        return template;
    }

    private ValueTemplate? OfReceivedTemplate(YamlNode node)
    {
        var template = ValueTemplate.Parse(node, diagnostics);
        names.Check(template, OfReceived);
        return template;
    }

    private ImmutableArray<ReplyDefinition> Replies(string name, MapReader entry, bool hasCommand)
    {
        var replies = ImmutableArray.CreateBuilder<ReplyDefinition>();
        foreach (var node in entry.OneOrList("reply"))
        {
            if (MapReader.Open(node, "a reply", diagnostics) is not { } reply)
            {
                continue;
            }

            var own = reply.Text("name");
            if (own is not null)
            {
                ModelNames.CheckEntity(reply.Take("name")!.At, own, "a message", diagnostics);
            }

            var atOnce = reply.OneOf<bool>("when", ("done", false), ("at-once", true)) ?? !hasCommand;
            var after = reply.DurationSpec("after");
            var where = reply.Take("where") is { } condition ? Expression.Parse(condition, diagnostics) : null;
            var known = atOnce ? [.. OfReceived, ("n", Shape.Any)] : OfReply;
            names.Check(where, known);
            var message = _messages.Read(reply, "this reply", needsTopic: false, known);
            reply.Done();
            if (message is not null)
            {
                replies.Add(new ReplyDefinition { Name = own ?? name, Message = message, AtOnce = atOnce, After = after, Where = where });
            }
        }

        return replies.DrainToImmutable();
    }
}
