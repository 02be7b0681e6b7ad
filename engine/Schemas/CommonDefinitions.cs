using System.Text.Json.Nodes;

namespace IotMqtt.Engine.Schemas;

/// <summary>What programs, fleets and models have in common.</summary>
internal static class CommonDefinitions
{
    private const string Milliseconds = "([0-9]{1,9}h)?([0-9]{1,9}m)?([0-9]{1,9}s)?([0-9]{1,9}ms)?";

    /// <summary>The definitions by name.</summary>
    public static JsonObject All() => new()
    {
        ["name"] = SchemaBuilder.Parse("""{ "type": "string", "pattern": "^[A-Za-z0-9_-]+$" }"""),
        ["variable"] = SchemaBuilder.Parse("""{ "type": "string", "pattern": "^[A-Za-z_$][A-Za-z0-9_$]*$" }"""),
        ["fixedDuration"] = Pattern($"^(?=.){Milliseconds}$", "A duration: 500ms, 5s, 1m30s, 2h."),
        ["duration"] = SchemaBuilder.AnyOf(SchemaBuilder.Parse(Shape.FixedDuration), SchemaBuilder.Parse(Shape.Computed)),
        ["durationSpec"] = SchemaBuilder.AnyOf(
            SchemaBuilder.Parse(Shape.FixedDuration),
            Pattern($@"^(?=[^.]){Milliseconds}\.\.(?=.){Milliseconds}$", "A range, uniform: 300ms..1s."),
            SchemaBuilder.Mapping(new(new Key("normal", Shape.Ref("normal"), "Normal, cut off at zero.", Required: true)))),
        ["normal"] = SchemaBuilder.Mapping(new(
            new Key("mean", Shape.FixedDuration, "The mean.", Required: true),
            new Key("sd", Shape.FixedDuration, "The standard deviation.", Required: true))),
        ["condition"] = SchemaBuilder.Parse("""{ "type": ["string", "boolean"], "pattern": "^\\s*(?!\\$\\{)\\S", "description": "A JavaScript expression that comes to true or false." }"""),
        ["value"] = SchemaBuilder.AnyOf(
            SchemaBuilder.Parse("""{ "type": ["string", "number", "boolean"] }"""),
            SchemaBuilder.Parse($$"""{ "type": "array", "items": {{Shape.Any}} }"""),
            SchemaBuilder.Parse(Shape.Values)),
        ["percent"] = Pattern(@"^(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)%$", "A percentage from 0% to 100%."),
    };

    private static JsonObject Pattern(string pattern, string about) => new() { ["type"] = "string", ["pattern"] = pattern, ["description"] = about };
}
