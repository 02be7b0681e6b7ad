namespace IotMqtt.Models.StandIns;

/// <summary>What the model of a <see cref="StandIn"/> is called, and what it is based on.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>The name; null: that of the class, <c>AcmeUnit</c> as <c>acme-unit</c>.</summary>
    public string? Name { get; init; }

    /// <summary>A model file, relative to the current folder, or a built-in model, that the class extends; null: none.</summary>
    public string? Extends { get; init; }

    /// <summary>The names of the events that it may publish, besides those of what it extends.</summary>
    public string[] Events { get; init; } = [];
}

/// <summary>
/// A property of the device: what the class has in it before and after each call is the state of the device. Types are those of models:
/// <c>bool</c>, whole and other numbers, <c>string</c>, enums (<c>Wide</c> is <c>wide</c>), anything else as JSON.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PropertyAttribute : Attribute
{
    /// <summary>Its name in the model; null: that of the property, <c>Boots</c> as <c>boots</c>. One that the extended model has is that one.</summary>
    public string? Name { get; init; }
}

/// <summary>A command: the parameters of the method are its arguments, what the method returns its result.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CommandAttribute : Attribute
{
    /// <summary>Its name; null: that of the method, <c>SwitchOn</c> as <c>switch-on</c>. Of a command of the extended model it is what is done besides.</summary>
    public string? Name { get; init; }

    /// <summary>How long the device takes, such as <c>500ms</c> or <c>300ms..1s</c>; the method is called when that is over. 500 ms.</summary>
    public string? Takes { get; init; }
}

/// <summary>
/// What must hold for a command, on arrival and again at the start: a method that returns null where it does and the reason where it does not.
/// It takes the arguments of the command, or none.
/// </summary>
/// <param name="command">The command.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequiresAttribute(string command) : Attribute
{
    /// <summary>The command.</summary>
    public string Command { get; } = command;
}

/// <summary>What the device does with messages on a topic of its own: a method that takes a <see cref="StandInMessage"/>, or nothing.</summary>
/// <param name="topic">The topic filter, in which <c>${…}</c> stands for the device's <c>id</c> and variables.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReceivesAttribute(string topic) : Attribute
{
    /// <summary>The topic filter.</summary>
    public string Topic { get; } = topic;

    /// <summary>Its name, for <c>received: device.name</c>; null: that of the method.</summary>
    public string? Name { get; init; }

    /// <summary>Whether several devices have this topic on purpose.</summary>
    public bool Shared { get; init; }
}

/// <summary>A reading that is published regularly on <c>telemetry/{name}</c>: what the method returns.</summary>
/// <param name="every">How often, such as <c>5s</c> or <c>4s..6s</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TelemetryAttribute(string every) : Attribute
{
    /// <summary>How often.</summary>
    public string Every { get; } = every;

    /// <summary>Its name; null: that of the method.</summary>
    public string? Name { get; init; }
}

/// <summary>A method that is called regularly.</summary>
/// <param name="every">How often, such as <c>5s</c> or <c>4s..6s</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryAttribute(string every) : Attribute
{
    /// <summary>How often.</summary>
    public string Every { get; } = every;
}

/// <summary>What the broker publishes when the device's connection is lost.</summary>
/// <param name="topic">The topic, in which <c>${…}</c> stands for the device's <c>id</c> and variables.</param>
/// <param name="payload">The payload: text, in which <c>${…}</c> stands for the same.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WillAttribute(string topic, string payload) : Attribute
{
    /// <summary>The topic.</summary>
    public string Topic { get; } = topic;

    /// <summary>The payload.</summary>
    public string Payload { get; } = payload;

    /// <summary>Whether the broker keeps it.</summary>
    public bool Retain { get; init; }
}
