using System.Runtime.CompilerServices;
using IotMqtt.Engine.Schemas;
using IotMqtt.Engine.Tests.Programs;
using IotMqtt.Models.Reading;
using NJsonSchema;

namespace IotMqtt.Engine.Tests.Schemas;

public sealed class SchemaTests
{
    private static readonly string Output = AppContext.BaseDirectory;

    public static TheoryData<string, string> Examples =>
    [
        .. Files("programs", "program"),
        .. Files("fleets", "fleet"),
        .. Files("models", "model"),
    ];

    public static TheoryData<ErrorCase> StructuralErrors => [.. ErrorCase.ReadAll("structure.yaml").Where(@case => SchemaCase.Of(@case) is not null)];

    [Theory]
    [InlineData("program")]
    [InlineData("fleet")]
    [InlineData("model")]
    public void The_committed_schema_is_the_generated_one(string name)
    {
        // IOTMQTT_UPDATE_SCHEMAS=1 dotnet test --project tests/engine writes them.
        if (Environment.GetEnvironmentVariable("IOTMQTT_UPDATE_SCHEMAS") == "1")
        {
            File.WriteAllText(Path.Combine(Repository(), "schemas", $"{name}.schema.json"), Generated(name));
        }
        else
        {
            Assert.Equal(Generated(name), File.ReadAllText(Path.Combine(Output, "schemas", $"{name}.schema.json")));
        }
    }

    [Theory]
    [InlineData("""{ "program": "p", "steps": [ { "do": "a.b", "with": { "color": null } } ] }""")]
    [InlineData("""{ "program": "p", "steps": [ { "set": { "color": null } } ] }""")]
    [InlineData("""{ "program": "p", "steps": [ { "publish": "a/b", "payload": { "colors": [ null ] } } ] }""")]
    [InlineData("""{ "program": "p", "steps": [ { "for-each": [ null ], "steps": [ "a.b" ] } ] }""")]
    public async Task A_color_without_quotes_which_is_null_to_an_editor_is_refused(string json)
    {
        var rules = await JsonSchema.FromJsonAsync(JsonSchemas.Program, TestContext.Current.CancellationToken);
        Assert.NotEmpty(rules.Validate(json));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_is_accepted(string schema, string file)
    {
        var diagnostics = new DiagnosticBag();
        var document = YamlFile.Read(Path.Combine(Output, file), diagnostics);
        Assert.Empty(diagnostics);
        var rules = await JsonSchema.FromJsonAsync(Generated(schema), TestContext.Current.CancellationToken);
        Assert.Empty(rules.Validate(SchemaCase.Json(document!)).Select(error => error.ToString()));
    }

    [Theory]
    [MemberData(nameof(StructuralErrors))]
    public async Task What_the_reader_refuses_is_refused_one_by_one(ErrorCase @case)
    {
        var rules = await JsonSchema.FromJsonAsync(JsonSchemas.Program, TestContext.Current.CancellationToken);
        var accepted = SchemaCase.Of(@case)!.Documents.Where(document => rules.Validate(document.Json).Count == 0).Select(document => document.Error);
        Assert.Equal(@case.BeyondSchema, accepted.Select(SchemaCase.LineOf).Distinct());
    }

    private static string Generated(string name) => name switch
    {
        "program" => JsonSchemas.Program,
        "fleet" => JsonSchemas.Fleet,
        _ => JsonSchemas.Model,
    };

    private static IEnumerable<TheoryDataRow<string, string>> Files(string folder, string schema) =>
        Directory.GetFiles(Path.Combine(Output, "examples", folder), "*.yaml").Order()
            .Select(file => new TheoryDataRow<string, string>(schema, Path.GetRelativePath(Output, file)));

    private static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
