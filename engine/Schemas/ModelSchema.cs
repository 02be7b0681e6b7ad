using System.Text.Json.Nodes;

namespace IotMqtt.Engine.Schemas;

/// <summary>The JSON Schema of models.</summary>
internal static class ModelSchema
{
    /// <summary>The keys at the top of a model.</summary>
    public static KeyTable Keys { get; } = new(
        new("model", Shape.Name, "Its name.", Required: true),
        new("vars", Shape.Variables(Shape.Any), "Variables of a device where its fleet gives it no other, over its id."),
        new("properties", Shape.Variables(Shape.Ref("property")), "The properties of a device: its state."),
        new("commands", Shape.Names(Shape.Ref("command")), "What a device does when it is asked."),
        new("telemetry", Shape.Names(Shape.Ref("reading")), "What a device reports regularly."),
        new("events", Shape.Ref("events"), "What a device may report: names, or names with a message on a topic of the device's own."),
        new("receives", Shape.Names(Shape.Ref("receive")), "What a device does with messages on topics of its own."),
        new("sends", Shape.Names(Shape.Ref("send")), "What a device sends on topics of its own: when a program asks, regularly, or when it changes."),
        new("will", Shape.Ref("message"), "What the broker publishes when the device loses its connection."),
        new("birth", Shape.AnyOf(Shape.Ref("message"), Shape.ListOf(Shape.Ref("message"))), "What a device publishes whenever it has connected."),
        new("external", Shape.Boolean, "Whether the devices are not ours: they are there already, and are commanded by what they listen to."),
        new("online", Shape.AnyOf(Shape.Ref("online"), Shape.ListOf(Shape.Ref("online"))), "What says that such a device is there; without it, it is taken as it is."),
        new("concurrency", """{ "type": "integer", "minimum": 1, "maximum": 1000 }""", "How many commands a device carries out at a time; 1 unless it says otherwise."));

    /// <summary>The keys of a command that a fleet may override.</summary>
    public static KeyTable OverrideKeys { get; } = new(
        new("takes", Shape.DurationSpec, "How long the device takes; 500ms unless it says otherwise."),
        new("requires", Shape.Condition, "What must hold when it arrives and when it starts, over the properties and args."),
        new("otherwise", Shape.Text, "What to say where that does not hold."),
        new("set", Shape.Values, "The properties that it sets when it is done."),
        new("result", Shape.Any, "Its result."),
        new("emits", Shape.Ref("emits"), "The events that it reports when it is done."),
        new("sends", Shape.AnyOf(Shape.Name, Shape.ListOf(Shape.Name)), "The messages that it sends on topics of its own when it is done."));

    /// <summary>The keys of a command.</summary>
    public static KeyTable CommandKeys { get; } = new(
    [
        new("args", Shape.Variables(Shape.Ref("argument")), "Its arguments."),
        .. OverrideKeys.All,
        new("publish", Shape.AnyOf(Shape.Ref("message"), Shape.ListOf(Shape.Ref("message"))), "What a device that is external is sent for it."),
        new("done", Shape.Ref("done"), "What such a device says when it is done; without it, that it was sent is all that is known."),
        new("failed", Shape.AnyOf(Shape.Ref("failed"), Shape.ListOf(Shape.Ref("failed"))), "What such a device says when it went wrong."),
    ]);

    /// <summary>The keys of what says that a device is there.</summary>
    public static KeyTable OnlineKeys { get; } = new(
        new("topic", Shape.Text, "The topic, over id and the variables of the device; + and # stand for levels.", Required: true),
        new("format", Shape.OneOf("any", "json", "text", "hex", "base64", "csv"), "How payloads are read; any unless it says otherwise."),
        new("qos", QualityOfService, "The quality of service of the subscription; 1 unless it says otherwise."),
        new("where", Shape.Condition, "Whether a message says that it is there, or that it is not; without it, each says that it is."));

    /// <summary>The keys of what says that a command is done.</summary>
    public static KeyTable DoneKeys { get; } = new(
        new("received", Shape.Name, "The entry of receives.", Required: true),
        new("where", Shape.Condition, "Which messages of it, over value, topic, levels, message, args and the properties after it."),
        new("within", Shape.FixedDuration, "For how long it is waited for, from the publish.", Required: true));

    /// <summary>The keys of what says that a command went wrong.</summary>
    public static KeyTable FailedKeys { get; } = new(
        new("received", Shape.Name, "The entry of receives.", Required: true),
        new("where", Shape.Condition, "Which messages of it."),
        new("error", Shape.Any, "What is wrong, over what came."));

    /// <summary>The keys of a reading.</summary>
    public static KeyTable ReadingKeys { get; } = new(
    [
        new("every", Shape.DurationSpec, "How often.", Required: true),
        new("value", Shape.Any, "The reading, over the properties, t (seconds since the device started) and n (readings so far).", Required: true),
        .. MessageKeys(needsTopic: false),
    ]);

    /// <summary>The keys of what a device receives on a topic of its own.</summary>
    public static KeyTable ReceiveKeys { get; } = new(
        new("topic", Shape.Text, "The topic, over id and the variables of the device; + and # stand for levels.", Required: true),
        new("format", Shape.OneOf("any", "json", "text", "hex", "base64", "csv"), "How payloads are read; any unless it says otherwise."),
        new("qos", QualityOfService, "The quality of service of the subscription; 1 unless it says otherwise."),
        new("shared", Shape.Boolean, "Whether several devices may have this topic."),
        new("retained", Shape.Boolean, "Whether what was retained before counts."),
        new("where", Shape.Condition, "Which messages count, over value, topic, levels, message and the properties."),
        new("set", Shape.Values, "The properties that are set at once."),
        new("do", Shape.Name, "The command that is carried out."),
        new("with", Shape.Values, "Its arguments."),
        new("reply", Shape.AnyOf(Shape.Ref("reply"), Shape.ListOf(Shape.Ref("reply"))), "What is sent in answer."));

    /// <summary>The keys of a reply.</summary>
    public static KeyTable ReplyKeys { get; } = new(
    [
        .. MessageKeys(needsTopic: false),
        new("name", Shape.Name, "Under which name programs look out for it; that of the message that it answers unless it says otherwise."),
        new("when", Shape.OneOf("done", "at-once"), "When the command is done, or when the message has come."),
        new("after", Shape.DurationSpec, "How long after that."),
        new("where", Shape.Condition, "Whether it is sent, over succeeded, error, result, args and what the message has."),
    ]);

    /// <summary>The keys of what a device sends.</summary>
    public static KeyTable SendKeys { get; } = new(
    [
        .. MessageKeys(needsTopic: true),
        new("args", Shape.Variables(Shape.Ref("argument")), "What a program gives that triggers it."),
        new("every", Shape.DurationSpec, "How often it is sent by itself."),
        new("on-change", Shape.AnyOf("""{ "const": true }""", Shape.Text, Shape.ListOf(Shape.Text)), "The properties whose change sends it; true: all."),
    ]);

    private const string QualityOfService = """{ "enum": [0, 1, 2] }""";

    private static Key[] MessageKeys(bool needsTopic) =>
    [
        new("topic", Shape.Text, "The topic, with ${…}.", Required: needsTopic),
        new("payload", Shape.Any, "What it carries: a mapping or a list is JSON, text is text; { json: … }, { text: … }, { hex: … }, { base64: … }, { csv: [ … ] }."),
        new("qos", QualityOfService, "The quality of service; 1 unless it says otherwise."),
        new("retain", Shape.Boolean, "Whether the broker keeps it."),
        new("content-type", Shape.Text, "Its content type."),
        new("properties", """{ "type": "object", "additionalProperties": { "type": ["string", "number", "boolean"] } }""", "Its user properties."),
        new("expiry", Shape.FixedDuration, "How long it is of use, in whole seconds."),
    ];

    /// <summary>The schema.</summary>
    public static string Generate()
    {
        var definitions = CommonDefinitions.All();
        definitions["property"] = TypeKeys.Schema(TypeKeys.Property);
        definitions["argument"] = TypeKeys.Schema(TypeKeys.Parameter);
        definitions["command"] = SchemaBuilder.Mapping(CommandKeys);
        definitions["reading"] = SchemaBuilder.Mapping(ReadingKeys);
        definitions["names"] = new JsonObject { ["type"] = "array", ["items"] = SchemaBuilder.Parse(Shape.Name) };
        definitions["message"] = SchemaBuilder.Mapping(new([.. MessageKeys(needsTopic: true)]));
        definitions["optionalMessage"] = SchemaBuilder.Mapping(new([.. MessageKeys(needsTopic: false)]));
        definitions["events"] = SchemaBuilder.AnyOf(SchemaBuilder.Parse(Shape.Ref("names")), SchemaBuilder.Parse(Shape.Names(Shape.Ref("optionalMessage"))));
        definitions["receive"] = SchemaBuilder.Mapping(ReceiveKeys);
        definitions["reply"] = SchemaBuilder.Mapping(ReplyKeys);
        definitions["send"] = SchemaBuilder.Mapping(SendKeys);
        definitions["emits"] = Emits();
        definitions["online"] = SchemaBuilder.Mapping(OnlineKeys);
        definitions["done"] = SchemaBuilder.Mapping(DoneKeys);
        definitions["failed"] = SchemaBuilder.Mapping(FailedKeys);
        return SchemaBuilder.Document("A model of devices of IotMqtt", Keys, definitions);
    }

    /// <summary>What <c>emits</c> takes: an event, a list of events, or events with what they carry.</summary>
    public static JsonObject Emits() => SchemaBuilder.AnyOf(
        SchemaBuilder.Parse(Shape.Name), SchemaBuilder.Parse(Shape.ListOf(Shape.Name)), SchemaBuilder.Parse(Shape.Values));
}
