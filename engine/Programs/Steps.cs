using System.Collections.Immutable;
using IotMqtt.Engine.Programs.Building;
using IotMqtt.Engine.Programs.Reading;
using IotMqtt.Engine.Programs.Reading.Kinds;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs;

/// <summary>
/// Programs in C#: <c>using static IotMqtt.Engine.Programs.Steps;</c>. Each method makes the node that its namesake in YAML makes, with the same
/// texts: conditions are JavaScript, <c>${…}</c> computes. Options are added with the methods of <see cref="StepExtensions"/>.
/// </summary>
/// <remarks>A text that is no command, condition or value throws <see cref="ArgumentException"/> at once.</remarks>
public static class Steps
{
    /// <summary>One command of one device.</summary>
    /// <param name="command"><c>device.command</c>, such as <c>speaker.play</c>.</param>
    /// <param name="with">The arguments: an anonymous object, a dictionary or a <see cref="ValueMap"/>; null: none.</param>
    public static DoNode Do(string command, object? with = null)
    {
        var name = Texts.Dotted(command);
        return new(name.Device, name.Name) { With = Literals.Named(with) };
    }

    /// <summary>Steps, one after the other.</summary>
    public static SequenceNode Sequence(params ReadOnlySpan<Node> steps) => new([.. steps]);

    /// <summary>Branches, all at once.</summary>
    public static ParallelNode Parallel(params ReadOnlySpan<Node> branches) => new([.. branches]);

    /// <summary>The same steps for each device of a model; the device is called <c>d</c>.</summary>
    public static EachNode Each(string model, params ReadOnlySpan<Node> steps) => Each(DeviceSelection.OfModel(model), steps);

    /// <summary>The same steps for each of a selection of devices; the device is called <c>d</c>.</summary>
    public static EachNode Each(DeviceSelection selection, params ReadOnlySpan<Node> steps) =>
        new(selection, EachNode.DefaultVariable, Body.Of(steps));

    /// <summary>One of two nodes.</summary>
    public static IfNode If(string condition, Node then, Node? otherwise = null) =>
        new(Texts.Condition(condition), Body.Of(then), otherwise is null ? null : Body.Of(otherwise));

    /// <summary>The same steps so many times; the round (from 1) is called <c>round</c>.</summary>
    public static RepeatNode Repeat(int times, params ReadOnlySpan<Node> steps) =>
        new(Body.Of(steps)) { Times = new ValueTemplate.Constant(Value.Of(times)) };

    /// <summary>The same steps as often as an expression in <c>${…}</c> says.</summary>
    public static RepeatNode Repeat(string times, params ReadOnlySpan<Node> steps) => new(Body.Of(steps)) { Times = Literals.Of(times) };

    /// <summary>The same steps as long as a condition holds.</summary>
    public static RepeatNode While(string condition, params ReadOnlySpan<Node> steps) =>
        new(Body.Of(steps)) { While = Texts.Condition(condition) };

    /// <summary>The same steps until a condition holds.</summary>
    public static RepeatNode Until(string condition, params ReadOnlySpan<Node> steps) =>
        new(Body.Of(steps)) { Until = Texts.Condition(condition) };

    /// <summary>The same steps for each item of a list, one after the other; the item is called <c>item</c>.</summary>
    /// <param name="items">A list, or a text with an expression in <c>${…}</c>.</param>
    /// <param name="steps">The steps.</param>
    public static RepeatNode ForEach(object items, params ReadOnlySpan<Node> steps) => new(Body.Of(steps)) { ForEach = Literals.Of(items) };

    /// <summary>Waits for a message.</summary>
    public static WaitNode Wait(MatchSpec match, TimeSpan within) => new(match, DurationTemplate.Of(within));

    /// <summary>A reading: <c>device.reading</c>.</summary>
    public static MatchSpec Telemetry(string reading, string? where = null) => Texts.Match(MatchKind.Telemetry, reading, where);

    /// <summary>An event: <c>device.event</c>.</summary>
    public static MatchSpec Event(string name, string? where = null) => Texts.Match(MatchKind.Event, name, where);

    /// <summary>A message that came to a device on a topic of its own: <c>device.entry</c>.</summary>
    public static MatchSpec Received(string entry, string? where = null) => Texts.Match(MatchKind.Received, entry, where);

    /// <summary>A message that a device sent on a topic of its own: <c>device.entry</c>.</summary>
    public static MatchSpec Sent(string entry, string? where = null) => Texts.Match(MatchKind.Sent, entry, where);

    /// <summary>The state of a device.</summary>
    public static MatchSpec State(string device, string? where = null) =>
        new(MatchKind.State, Texts.Device(device), null, Texts.OptionalCondition(where));

    /// <summary>A message of a topic; <c>+</c> and <c>#</c> stand for levels.</summary>
    public static MatchSpec Topic(string filter, string? where = null) =>
        new(MatchKind.Topic, null, Literals.Of(Texts.Checked(filter, TopicText.CheckFilter)), Texts.OptionalCondition(where));

    /// <summary>Messages that are numbered, for <see cref="DeviceProgram.WithMonitors"/>.</summary>
    /// <param name="match">Which messages.</param>
    /// <param name="counter">The number of a message, an expression over <c>value</c> and <c>topic</c>.</param>
    /// <param name="per">What is numbered by itself; null: each topic.</param>
    public static MatchSpec Gapless(MatchSpec match, string counter, string? per = null) =>
        match with { Counter = Texts.Condition(counter), Per = Texts.OptionalCondition(per) };

    /// <summary>Lets time pass.</summary>
    public static DelayNode Delay(TimeSpan time) => new(DurationTemplate.Of(time));

    /// <summary>Fails unless a condition holds. Not called <c>Assert</c>: test frameworks have a class of that name.</summary>
    public static AssertNode AssertThat(string condition) => new(Texts.Condition(condition));

    /// <summary>Sets variables, all computed from the values before.</summary>
    /// <param name="variables">An anonymous object, a dictionary or a <see cref="ValueMap"/>.</param>
    public static SetNode Set(object variables) => new(Literals.Named(variables, Texts.Variable));

    /// <summary>Runs another program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="with">Its parameters; null: none.</param>
    public static RunNode Run(DeviceProgram program, object? with = null) => new(program) { With = Literals.Named(with) };

    /// <summary>Publishes a message.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">Text as it is, bytes as they are, anything else as JSON; null: nothing.</param>
    /// <param name="qos">0 or 1.</param>
    /// <param name="retain">Whether the broker keeps it.</param>
    public static PublishNode Publish(string topic, object? payload = null, int qos = 1, bool retain = false) =>
        new(Literals.Of(Texts.Checked(topic, TopicText.CheckName)), Literals.Payload(payload))
        {
            Qos = qos is 0 or 1 ? qos : throw new ArgumentOutOfRangeException(nameof(qos), qos, "the quality of service is 0 or 1"),
            Retain = retain,
        };

    /// <summary>Sends an HTTP request: <c>Http("POST", "http://host/units/7/reboot") with { Statuses = [202] }</c>.</summary>
    /// <param name="method"><c>GET</c>, <c>POST</c>, <c>PUT</c>, <c>PATCH</c>, <c>DELETE</c> or <c>HEAD</c>.</param>
    /// <param name="url">Where to.</param>
    /// <param name="body">Text as it is, bytes as they are, anything else as JSON; null: nothing.</param>
    /// <param name="where">A condition over <c>value</c>, the body of the answer, and <c>status</c>; null: any answer.</param>
    /// <param name="headers">An anonymous object or a dictionary; null: none.</param>
    /// <param name="status">The status that it must be answered with; null: any from 200 to 299.</param>
    public static HttpNode Http(string method, string url, object? body = null, string? where = null, object? headers = null, int? status = null)
    {
        if (!HttpKind.Methods.Contains(method.ToLowerInvariant()))
        {
            throw new ArgumentException($"the method is one of: {string.Join(", ", HttpKind.Methods).ToUpperInvariant()}", nameof(method));
        }

        return new(method.ToUpperInvariant(), Literals.Of(Texts.Checked(url, HttpKind.CheckUrl)))
        {
            Headers = Literals.Named(headers),
            Body = body is null ? null : Literals.Payload(body),
            Statuses = status is { } wanted ? [wanted] : [],
            Where = Texts.OptionalCondition(where),
        };
    }

    /// <summary>Runs a program of the operating system, without a shell.</summary>
    /// <param name="command">The program and its arguments.</param>
    public static ExecNode Exec(params ReadOnlySpan<string> command)
    {
        if (command.IsEmpty)
        {
            throw new ArgumentException("a command has at least the name of a program", nameof(command));
        }

        var words = ImmutableArray.CreateBuilder<ValueTemplate>(command.Length);
        foreach (var word in command)
        {
            words.Add(Literals.Of(word));
        }

        return new(words.MoveToImmutable());
    }

    /// <summary>Lets something go wrong with devices until the enclosing node ends.</summary>
    public static FaultNode Fault(FaultDefinition fault, params ReadOnlySpan<string> devices)
    {
        var on = ImmutableArray.CreateBuilder<DeviceTarget>(devices.Length);
        foreach (var device in devices)
        {
            on.Add(Texts.Device(device));
        }

        return new(on.MoveToImmutable(), fault);
    }

    /// <summary>Says something in the record of the run.</summary>
    public static LogNode Log(string message) => new(Literals.Of(message));

    /// <summary>Fails.</summary>
    public static FailNode Fail(string message) => new(Literals.Of(message));

    /// <summary>Takes back what the failed node did; only in a <c>Catch</c>.</summary>
    public static UndoAllNode UndoAll() => new();
}
