using System.Globalization;
using IotMqtt.Engine.Tests.Programs;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Tests.Schemas;

/// <summary>A case of structural errors, as one document for each error: the step that is wrong, alone.</summary>
/// <param name="Documents">The errors, each with its document.</param>
internal sealed record SchemaCase(IReadOnlyList<(string Error, string Json)> Documents)
{
    /// <summary>Splits a case; null where its YAML is refused before any schema is asked.</summary>
    public static SchemaCase? Of(ErrorCase @case)
    {
        var (name, text) = @case.Files[0];
        if (YamlFile.Parse(text, name, new()) is not { } document)
        {
            return null;
        }

        var errors = @case.Errors.Where(error => error.StartsWith(name, StringComparison.Ordinal));
        return new([.. errors.Select(error => (error, Json(Alone(document, LineOf(error)))))]);
    }

    /// <summary>The line of an error.</summary>
    public static int LineOf(string error) => int.Parse(error.Split(':')[1], CultureInfo.InvariantCulture);

    /// <summary>A document as JSON, its plain scalars as YAML's core schema takes them.</summary>
    public static string Json(YamlNode node) => NodeReader.Value(node, new DiagnosticBag()) is { } value ? value.ToJson() : "null";

    /// <summary>The document with nothing but the step of a line, or with a step that is in order where the error is elsewhere.</summary>
    private static YamlNode Alone(YamlNode document, int line)
    {
        if (document is not YamlMap map || map.Find("steps") is not YamlList steps)
        {
            return document;
        }

        var wrong = steps.Items.LastOrDefault(step => step.At.Line <= line && line >= steps.At.Line);
        var entries = map.Entries.Select(entry => entry.Key.Text == "steps"
            ? entry with { Value = steps with { Items = [wrong ?? new YamlScalar(steps.At, "a.b", IsQuoted: false)] } }
            : entry);
        return new YamlMap(map.At, [.. wrong is null ? entries : entries.Where(entry => entry.Key.Text is "program" or "steps")]);
    }
}
