namespace IotMqtt.Engine.Schemas;

/// <summary>The keys of types: of properties, arguments and parameters.</summary>
internal static class TypeKeys
{
    /// <summary>The names of types; the short form is one of them.</summary>
    public static string Names { get; } = Shape.OneOf("boolean", "integer", "number", "text", "color", "list", "object");

    /// <summary>The keys of a property.</summary>
    public static KeyTable Property { get; } = new([.. Type, new("initial", Shape.Any, "What it is when the device starts.")]);

    /// <summary>The keys of an argument of a command, and of a parameter of a program.</summary>
    public static KeyTable Parameter { get; } = new(
    [
        .. Type,
        new("default", Shape.Any, "What it is where it is not given."),
        new("optional", Shape.Boolean, "Whether it may be left out without a default; it is null then."),
    ]);

    private static Key[] Type =>
    [
        new("type", Names, "Its type."),
        new("enum", Shape.ListOf(Shape.Text), "It is one of these texts."),
        new("min", """{ "type": "number" }""", "The least number."),
        new("max", """{ "type": "number" }""", "The greatest number."),
    ];

    /// <summary>A type in its short or its long form.</summary>
    public static System.Text.Json.Nodes.JsonObject Schema(KeyTable keys) =>
        SchemaBuilder.AnyOf(SchemaBuilder.Parse(Names), SchemaBuilder.Mapping(keys, "type", "enum"));
}
