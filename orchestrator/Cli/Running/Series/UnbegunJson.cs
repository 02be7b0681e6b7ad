using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotMqtt.Orchestrator.Cli.Running.Series;

/// <summary>A program that could not begin, where standard output is a document.</summary>
/// <param name="Program">Its name.</param>
/// <param name="File">Its file.</param>
/// <param name="Error">Why.</param>
internal sealed record Unbegun(string Program, string File, string Error);

/// <summary>Writes it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Unbegun))]
internal sealed partial class UnbegunJson : JsonSerializerContext
{
    public static string Text(string program, string path, string error) => JsonSerializer.Serialize(new Unbegun(program, path, error), Default.Unbegun);
}
