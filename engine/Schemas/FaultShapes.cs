using System.Text.Json.Nodes;

namespace IotMqtt.Engine.Schemas;

/// <summary>What can go wrong with devices: the same keys in fleets and in programs.</summary>
internal static class FaultShapes
{
    /// <summary>The keys.</summary>
    public static IReadOnlyList<Key> Keys { get; } =
    [
        new("latency", Shape.DurationSpec, "Added to what each command takes."),
        new("drop", Shape.Ref("drop"), "Messages that are lost."),
        new("duplicate", Shape.Percent, "The probability with which an acknowledgement is sent twice."),
        new("reject", Shape.Ref("reject"), "The probability with which a command is refused."),
        new("hang", Shape.Percent, "The probability with which a command starts and never ends."),
        new("disconnect", Shape.Ref("disconnect"), "The device loses its connection: true until the fault ends, or for how long."),
    ];

    /// <summary>Adds what the keys refer to.</summary>
    public static void Define(JsonObject definitions)
    {
        definitions["drop"] = SchemaBuilder.Mapping(new(
            new Key("what", Shape.OneOf("sent", "received"), "What is lost: what the device sends, or what it receives.", Required: true),
            new Key("probability", Shape.Percent, "How likely; always unless it says otherwise.")));
        definitions["reject"] = SchemaBuilder.AnyOf(SchemaBuilder.Parse(Shape.Percent), SchemaBuilder.Mapping(new(
            new Key("probability", Shape.Percent, "How likely; always unless it says otherwise."),
            new Key("message", Shape.Text, "The reason that the device gives."))));
        definitions["disconnect"] = SchemaBuilder.AnyOf(SchemaBuilder.Parse("""{ "enum": [true] }"""), SchemaBuilder.Parse(Shape.DurationSpec));
    }
}
