using System.Collections.Immutable;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices.External;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices;

/// <summary>What a device is: its properties, its commands, what it reports. Immutable and shared by all devices of the model.</summary>
public sealed record DeviceModel
{
    /// <summary>Its name, such as <c>hue-light</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The stable hash of the canonical model (lower-case hex): equal models have equal hashes. Its topic is <c>models/{hash}</c>.</summary>
    public required string Hash { get; init; }

    /// <summary>The properties; a device's state has one slot each, in this order.</summary>
    public required ImmutableArray<PropertyDefinition> Properties { get; init; }

    /// <summary>The commands, in the order of the file.</summary>
    public required ImmutableArray<CommandDefinition> Commands { get; init; }

    /// <summary>The readings that it publishes.</summary>
    public ImmutableArray<TelemetryDefinition> Telemetry { get; init; } = [];

    /// <summary>The events that it may publish.</summary>
    public ImmutableArray<EventDefinition> Events { get; init; } = [];

    /// <summary>What it does with messages on topics of its own.</summary>
    public ImmutableArray<ReceiveDefinition> Receives { get; init; } = [];

    /// <summary>What it sends on topics of its own.</summary>
    public ImmutableArray<SendDefinition> Sends { get; init; } = [];

    /// <summary>What the broker publishes on a topic of its own when its connection is lost; null: nothing.</summary>
    public MessageDefinition? Will { get; init; }

    /// <summary>What it publishes on topics of its own whenever it has connected, in this order.</summary>
    public ImmutableArray<MessageDefinition> Births { get; init; } = [];

    /// <summary>Whether its devices are not ours: they are there already, and are commanded by what they listen to. DESIGN section 6.</summary>
    public bool IsExternal { get; init; }

    /// <summary>What says that such a device is there; none: it is taken as it is.</summary>
    internal ImmutableArray<OnlineDefinition> Online { get; init; } = [];

    /// <summary>Variables of its devices where their fleet gives them no other, over their id.</summary>
    internal ImmutableArray<KeyValuePair<string, ValueTemplate>> Defaults { get; init; } = [];

    /// <summary>The names that its messages use and that it does not have: variables that the fleet must give each device.</summary>
    internal ImmutableArray<NameUse> Variables { get; init; } = [];

    /// <summary>What makes the code in C# of each of its devices; null: it has none. No part of its hash.</summary>
    internal Func<StandIn>? Code { get; init; }

    /// <summary>The class of that code.</summary>
    internal Type? CodeType { get; init; }

    /// <summary>Whether it speaks on topics of its own.</summary>
    public bool HasOwnTopics =>
        IsExternal || !Receives.IsEmpty || !Sends.IsEmpty || Will is not null || !Births.IsEmpty || Telemetry.Any(reading => reading.Message is not null) || Events.Any(known => known.Message is not null);

    /// <summary>How many commands a device carries out at a time; the others wait in arrival order. 1 unless the model says otherwise.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>The names of the messages that it sends: of <see cref="Sends"/> and of the replies; of a device that is not ours, the commands that it is sent.</summary>
    public IEnumerable<string> Sent() => Sends.Select(send => send.Name)
        .Concat(Receives.SelectMany(receive => receive.Replies).Select(reply => reply.Name))
        .Concat(Commands.Where(command => !command.Publishes.IsEmpty).Select(command => command.Name))
        .Distinct(StringComparer.Ordinal);

    /// <summary>The slot of a property, or -1.</summary>
    public int IndexOfProperty(string name)
    {
        for (var slot = 0; slot < Properties.Length; slot++)
        {
            if (string.Equals(Properties[slot].Name, name, StringComparison.Ordinal))
            {
                return slot;
            }
        }

        return -1;
    }

    /// <summary>The command of that name, or null.</summary>
    public CommandDefinition? FindCommand(string name)
    {
        foreach (var command in Commands)
        {
            if (string.Equals(command.Name, name, StringComparison.Ordinal))
            {
                return command;
            }
        }

        return null;
    }
}

/// <summary>One property of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Initial">Its value when the device starts.</param>
public sealed record PropertyDefinition(string Name, DataType Type, Value Initial);

/// <summary>One command of a model.</summary>
public sealed record CommandDefinition
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its arguments.</summary>
    public ImmutableArray<ParameterDefinition> Parameters { get; init; } = [];

    /// <summary>How long the device takes. 500 ms unless the model says otherwise.</summary>
    public DurationSpec Takes { get; init; } = new DurationSpec.Fixed(TimeSpan.FromMilliseconds(500));

    /// <summary>What must hold when it arrives and again when it starts, over the properties and <c>args</c>.</summary>
    public Expression? Requires { get; init; }

    /// <summary>What to say where <see cref="Requires"/> does not hold, such as <c>the speaker is off</c>; null: the expression is quoted.</summary>
    public string? Otherwise { get; init; }

    /// <summary>The properties that it sets when it is done, all computed from the state before.</summary>
    public ImmutableArray<PropertyAssignment> Set { get; init; } = [];

    /// <summary>Its result, over the properties after <see cref="Set"/> and <c>args</c>; null: none.</summary>
    public ValueTemplate? Result { get; init; }

    /// <summary>The events that it publishes when it is done.</summary>
    public ImmutableArray<EventEmission> Emits { get; init; } = [];

    /// <summary>The messages of its own topics that it sends when it is done.</summary>
    public ImmutableArray<string> Sends { get; init; } = [];

    /// <summary>What a device that is not ours is sent for it, in this order.</summary>
    internal ImmutableArray<MessageDefinition> Publishes { get; init; } = [];

    /// <summary>What says that a device which is not ours has done it; null: that it was sent is all that is known.</summary>
    internal DoneDefinition? Done { get; init; }

    /// <summary>What says that a device which is not ours has failed to do it.</summary>
    internal ImmutableArray<FailedDefinition> Failures { get; init; } = [];

    /// <summary>Whether it is there only to trigger the message of the same name.</summary>
    public bool IsTrigger { get; init; }

    /// <summary>The argument of that name, or null.</summary>
    public ParameterDefinition? FindParameter(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (string.Equals(parameter.Name, name, StringComparison.Ordinal))
            {
                return parameter;
            }
        }

        return null;
    }

    /// <summary>Checks arguments and fills in defaults: what a device does on arrival, and a validator before anything is sent.</summary>
    internal ArgumentBinding BindArguments(ValueMap arguments) => ArgumentBinding.Bind(this, arguments);

    /// <summary>What to say of an argument that the command does not have.</summary>
    internal ArgumentProblem UnknownArgument(string name) => new(
        name,
        $"{Name} has no argument \"{name}\"",
        Parameters.IsEmpty ? "it takes none" : Suggest.For(name, Parameters.Select(parameter => parameter.Name)));

    /// <summary>What to say of an argument that is not given.</summary>
    internal ArgumentProblem MissingArgument(ParameterDefinition parameter) => new(
        parameter.Name,
        $"{Name} needs the argument \"{parameter.Name}\", {parameter.Type.Describe()}",
        null);
}

/// <summary>One argument of a command.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Default">What it is where it is not given; null: it must be given, unless <paramref name="Optional"/>.</param>
/// <param name="Optional">Whether it may be left out without a default; it is null then.</param>
public sealed record ParameterDefinition(string Name, DataType Type, Value? Default, bool Optional)
{
    /// <summary>Whether it must be given.</summary>
    public bool IsRequired => Default is null && !Optional;
}

/// <summary>Sets one property.</summary>
/// <param name="Property">The slot of the property.</param>
/// <param name="Value">What to.</param>
public sealed record PropertyAssignment(int Property, ValueTemplate Value);

/// <summary>A reading that the device publishes regularly on <c>telemetry/{name}</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Every">How often.</param>
/// <param name="Value">The reading, over the properties, <c>t</c> (seconds since the device started) and <c>n</c> (readings so far).</param>
public sealed record TelemetryDefinition(string Name, DurationSpec Every, ValueTemplate Value)
{
    /// <summary>The message on a topic of the device's own that carries it as well; null: none.</summary>
    public MessageDefinition? Message { get; init; }
}

/// <summary>An event that the device may publish on <c>event/{name}</c>.</summary>
/// <param name="Name">Its name.</param>
public sealed record EventDefinition(string Name)
{
    /// <summary>The message on a topic of the device's own that carries it as well; null: none.</summary>
    public MessageDefinition? Message { get; init; }
}

/// <summary>Publishes an event when a command is done.</summary>
/// <param name="Event">Its name.</param>
/// <param name="With">Its payload.</param>
public sealed record EventEmission(string Event, ValueTemplate With);
