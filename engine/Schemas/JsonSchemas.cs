namespace IotMqtt.Engine.Schemas;

/// <summary>The JSON Schemas of the files that people write, for editors: draft 7, committed in <c>schemas/</c>.</summary>
internal static class JsonSchemas
{
    /// <summary>The schema of programs.</summary>
    public static string Program { get; } = ProgramSchema.Generate();

    /// <summary>The schema of fleets.</summary>
    public static string Fleet { get; } = FleetSchema.Generate();

    /// <summary>The schema of models.</summary>
    public static string Model { get; } = ModelSchema.Generate();
}
