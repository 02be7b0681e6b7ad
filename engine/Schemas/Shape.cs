namespace IotMqtt.Engine.Schemas;

/// <summary>
/// What a key takes, as a piece of JSON Schema (draft 7, the draft that editors know best). The readers' key tables hold them, so that the
/// schemas say what the readers read.
/// </summary>
internal static class Shape
{
    public const string Text = """{ "type": "string" }""";

    public const string Name = """{ "$ref": "#/definitions/name" }""";

    public const string Boolean = """{ "type": "boolean" }""";

    /// <summary>Any value but null: a bare #ff0000, which YAML takes for a comment, is null to an editor.</summary>
    public const string Any = """{ "$ref": "#/definitions/value" }""";

    public const string Values = """{ "type": "object", "additionalProperties": { "$ref": "#/definitions/value" } }""";

    public const string Message = """{ "type": ["string", "number", "boolean"] }""";

    public const string Duration = """{ "$ref": "#/definitions/duration" }""";

    public const string FixedDuration = """{ "$ref": "#/definitions/fixedDuration" }""";

    public const string DurationSpec = """{ "$ref": "#/definitions/durationSpec" }""";

    public const string Condition = """{ "$ref": "#/definitions/condition" }""";

    public const string Steps = """{ "$ref": "#/definitions/steps" }""";

    public const string Branches = """{ "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/step" } }""";

    public const string Percent = """{ "$ref": "#/definitions/percent" }""";

    public const string BatchSize = """{ "$ref": "#/definitions/batchSize" }""";

    public const string Count = """{ "type": "integer", "minimum": 1 }""";

    public const string CommandTarget = """{ "$ref": "#/definitions/command" }""";

    public const string Reference = """{ "$ref": "#/definitions/reference" }""";

    /// <summary>Text with an expression in it.</summary>
    public const string Computed = """{ "type": "string", "pattern": "\\$\\{" }""";

    /// <summary>A whole number of at least this.</summary>
    public static string Number(int least) => $$"""{ "type": "integer", "minimum": {{least}} }""";

    /// <summary>A definition of the same schema.</summary>
    public static string Ref(string definition) => $$"""{ "$ref": "#/definitions/{{definition}}" }""";

    /// <summary>One of these texts.</summary>
    public static string OneOf(params IEnumerable<string> texts) => $$"""{ "enum": [{{string.Join(", ", texts.Select(text => $"\"{text}\""))}}] }""";

    /// <summary>Any of these shapes.</summary>
    public static string AnyOf(params IEnumerable<string> shapes) => $$"""{ "anyOf": [{{string.Join(", ", shapes)}}] }""";

    /// <summary>A list that is not empty.</summary>
    public static string ListOf(string item) => $$"""{ "type": "array", "minItems": 1, "items": {{item}} }""";

    /// <summary>A mapping whose keys are names that expressions use bare.</summary>
    public static string Variables(string value) => $$"""{ "type": "object", "patternProperties": { "^[A-Za-z_][A-Za-z0-9_]*$": {{value}} }, "additionalProperties": false }""";

    /// <summary>A mapping whose keys are names.</summary>
    public static string Names(string value) => $$"""{ "type": "object", "patternProperties": { "^[A-Za-z0-9_-]+$": {{value}} }, "additionalProperties": false }""";

    /// <summary>A mapping of any names.</summary>
    public static string MapOf(string value) => $$"""{ "type": "object", "minProperties": 1, "additionalProperties": {{value}} }""";
}
