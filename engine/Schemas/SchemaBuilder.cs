using System.Text.Json.Nodes;

namespace IotMqtt.Engine.Schemas;

/// <summary>Puts a JSON Schema together from key tables and shapes.</summary>
internal static class SchemaBuilder
{
    /// <summary>A whole schema.</summary>
    /// <param name="title">What it describes.</param>
    /// <param name="keys">The keys at the top.</param>
    /// <param name="definitions">What the shapes refer to.</param>
    public static string Document(string title, KeyTable keys, JsonObject definitions)
    {
        var document = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        foreach (var (name, value) in Mapping(keys))
        {
            document[name] = value?.DeepClone();
        }

        document["definitions"] = definitions;
        return document.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    /// <summary>A mapping of exactly these keys.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="oneOf">Keys of which exactly one must be there.</param>
    public static JsonObject Mapping(KeyTable keys, params IReadOnlyList<string> oneOf)
    {
        var properties = new JsonObject();
        foreach (var key in keys.All)
        {
            var property = Parse(key.Shape);
            property["description"] = key.About;
            properties[key.Name] = property;
        }

        var mapping = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        var required = keys.All.Where(key => key.Required).Select(key => (JsonNode)key.Name).ToArray();
        if (required.Length > 0)
        {
            mapping["required"] = new JsonArray(required);
        }

        if (oneOf.Count > 0)
        {
            mapping["oneOf"] = new JsonArray([.. oneOf.Select(name => new JsonObject { ["required"] = new JsonArray(name) })]);
        }

        return mapping;
    }

    /// <summary>Any of these schemas.</summary>
    public static JsonObject AnyOf(params ReadOnlySpan<JsonNode> schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    /// <summary>A shape.</summary>
    public static JsonObject Parse(string shape) => JsonNode.Parse(shape)!.AsObject();
}
