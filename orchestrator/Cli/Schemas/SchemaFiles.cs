using IotMqtt.Engine.Schemas;

namespace IotMqtt.Orchestrator.Cli.Schemas;

/// <summary>The JSON Schemas as files, and the line that names one to an editor.</summary>
internal static class SchemaFiles
{
    /// <summary>Of what there are schemas.</summary>
    public static readonly string[] Kinds = ["program", "fleet", "model"];

    /// <summary>The schema of a kind of file.</summary>
    public static string Of(string kind) => kind switch
    {
        "program" => JsonSchemas.Program,
        "fleet" => JsonSchemas.Fleet,
        _ => JsonSchemas.Model,
    };

    /// <summary>The name of its file.</summary>
    public static string NameOf(string kind) => $"{kind}.schema.json";

    /// <summary>The first line of a file that has it checked by editors which speak to yaml-language-server.</summary>
    /// <param name="kind">What the file is.</param>
    /// <param name="folder">Where the schemas are, relative to it.</param>
    public static string Line(string kind, string folder) => $"# yaml-language-server: $schema={folder}/{NameOf(kind)}";
}
