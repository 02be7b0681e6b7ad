using System.Text.Json.Nodes;

namespace IotMqtt.Engine.Schemas;

/// <summary>The JSON Schema of models.</summary>
internal static class ModelSchema
{
    /// <summary>The keys at the top of a model.</summary>
    public static KeyTable Keys { get; } = new(
        new("model", Shape.Name, "Its name.", Required: true),
        new("properties", Shape.Variables(Shape.Ref("property")), "The properties of a device: its state."),
        new("commands", Shape.Names(Shape.Ref("command")), "What a device does when it is asked."),
        new("telemetry", Shape.Names(Shape.Ref("reading")), "What a device reports regularly."),
        new("events", Shape.Ref("names"), "What a device may report."),
        new("concurrency", """{ "type": "integer", "minimum": 1, "maximum": 1000 }""", "How many commands a device carries out at a time; 1 unless it says otherwise."));

    /// <summary>The keys of a command that a fleet may override.</summary>
    public static KeyTable OverrideKeys { get; } = new(
        new("takes", Shape.DurationSpec, "How long the device takes; 500ms unless it says otherwise."),
        new("requires", Shape.Condition, "What must hold when it arrives and when it starts, over the properties and args."),
        new("otherwise", Shape.Text, "What to say where that does not hold."),
        new("set", Shape.Values, "The properties that it sets when it is done."),
        new("result", Shape.Any, "Its result."),
        new("emits", Shape.Ref("emits"), "The events that it reports when it is done."));

    /// <summary>The keys of a command.</summary>
    public static KeyTable CommandKeys { get; } = new([new("args", Shape.Variables(Shape.Ref("argument")), "Its arguments."), .. OverrideKeys.All]);

    /// <summary>The keys of a reading.</summary>
    public static KeyTable ReadingKeys { get; } = new(
        new("every", Shape.DurationSpec, "How often.", Required: true),
        new("value", Shape.Any, "The reading, over the properties, t (seconds since the device started) and n (readings so far).", Required: true));

    /// <summary>The schema.</summary>
    public static string Generate()
    {
        var definitions = CommonDefinitions.All();
        definitions["property"] = TypeKeys.Schema(TypeKeys.Property);
        definitions["argument"] = TypeKeys.Schema(TypeKeys.Parameter);
        definitions["command"] = SchemaBuilder.Mapping(CommandKeys);
        definitions["reading"] = SchemaBuilder.Mapping(ReadingKeys);
        definitions["names"] = new JsonObject { ["type"] = "array", ["items"] = SchemaBuilder.Parse(Shape.Name) };
        definitions["emits"] = Emits();
        return SchemaBuilder.Document("A model of devices of IotMqtt", Keys, definitions);
    }

    /// <summary>What <c>emits</c> takes: an event, a list of events, or events with what they carry.</summary>
    public static JsonObject Emits() => SchemaBuilder.AnyOf(
        SchemaBuilder.Parse(Shape.Name), SchemaBuilder.Parse(Shape.ListOf(Shape.Name)), SchemaBuilder.Parse(Shape.Values));
}
