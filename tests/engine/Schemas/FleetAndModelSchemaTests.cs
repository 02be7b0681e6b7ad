using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using NJsonSchema;

namespace IotMqtt.Engine.Tests.Schemas;

/// <summary>What the readers of fleets and models refuse in the structure of a file, their schemas refuse too.</summary>
public sealed class FleetAndModelSchemaTests
{
    [Theory]
    [InlineData("devices: [ { id: a, model: hue-light } ]")]
    [InlineData("fleet: f")]
    [InlineData("{ fleet: f, devices: [] }")]
    [InlineData("{ fleet: f, device: [], devices: [ { id: a, model: hue-light } ] }")]
    [InlineData("{ fleet: f f, devices: [ { id: a, model: hue-light } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a } ] }")]
    [InlineData("{ fleet: f, devices: [ { model: hue-light } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a b, model: hue-light } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a, model: hue-light, vars: { a-b: 1 } } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a, model: hue-light, label: { a: b } } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: \"a-${n}\", model: hue-light, count: 0 } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a, model: hue-light, labels: [ lab ] } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a, model: hue-light, commands: { switch-on: { takes: 5 } } } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a, model: hue-light, commands: { switch-on: { args: { a: text } } } } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a, model: hue-light } ], faults: [ { hang: 5% } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a, model: hue-light } ], faults: [ { on-devices: 5%, hang: 0.5 } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a, model: hue-light } ], faults: [ { on-devices: 5%, drop: { what: all } } ] }")]
    [InlineData("{ fleet: f, devices: [ { id: a, model: hue-light } ], connection: { urls: \"mqtt://h\" } }")]
    public Task A_fleet_is_refused(string yaml) => Refused(yaml, JsonSchemas.Fleet, diagnostics => FleetFile.Parse(yaml, "fleet.yaml", new(), diagnostics));

    [Theory]
    [InlineData("properties: {}")]
    [InlineData("{ model: m, propertys: {} }")]
    [InlineData("{ model: m, properties: { a: string } }")]
    [InlineData("{ model: m, properties: { a: { type: integer, minimum: 5 } } }")]
    [InlineData("{ model: m, properties: { a: { min: 5 } } }")]
    [InlineData("{ model: m, properties: { a: { enum: [] } } }")]
    [InlineData("{ model: m, commands: { go: { takes: 5 } } }")]
    [InlineData("{ model: m, commands: { go: { takes: { normal: { mean: 5s } } } } }")]
    [InlineData("{ model: m, commands: { go: { takes: 1s.. } } }")]
    [InlineData("{ model: m, commands: { go: { argz: {} } } }")]
    [InlineData("{ model: m, commands: { go: { args: { n: { type: number, initial: 5 } } } } }")]
    [InlineData("{ model: m, commands: [ go ] }")]
    [InlineData("{ model: m, telemetry: { t: { value: 5 } } }")]
    [InlineData("{ model: m, events: pressed }")]
    [InlineData("{ model: m, concurrency: 0 }")]
    [InlineData("{ model: m, receives: { x: { where: true } } }")]
    [InlineData("{ model: m, sends: { x: { topic: a, qos: 3 } } }")]
    [InlineData("{ model: m, will: { payload: gone } }")]
    [InlineData("{ model: m, external: yes }")]
    [InlineData("{ model: m, external: true, online: { where: true } }")]
    [InlineData("{ model: m, external: true, receives: { x: { topic: a } }, commands: { go: { publish: { topic: a }, done: { received: x } } } }")]
    [InlineData("{ model: m, properties: { a-b: boolean } }")]
    [InlineData("{ model: m, commands: { go now: {} } }")]
    [InlineData("{ model: m, commands: { go: { args: { a-b: text } } } }")]
    public Task A_model_is_refused(string yaml) => Refused(yaml, JsonSchemas.Model, diagnostics => ModelFile.Parse(yaml, "model.yaml", diagnostics));

    [Fact]
    public async Task The_built_in_models_are_accepted()
    {
        var schema = await JsonSchema.FromJsonAsync(JsonSchemas.Model, TestContext.Current.CancellationToken);
        var assembly = typeof(BuiltInModels).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".yaml", StringComparison.Ordinal)).ToArray();
        Assert.Equal(BuiltInModels.All.Length + ModelCatalogue.Names.Count, names.Length);
        foreach (var name in names)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var document = YamlFile.Parse(await reader.ReadToEndAsync(TestContext.Current.CancellationToken), name, new());
            Assert.Empty(schema.Validate(SchemaCase.Json(document!)).Select(error => error.ToString()));
        }
    }

    private static async Task Refused(string yaml, string schema, Action<DiagnosticBag> read)
    {
        var diagnostics = new DiagnosticBag();
        read(diagnostics);
        Assert.NotEmpty(diagnostics);
        Assert.All(diagnostics, diagnostic => Assert.DoesNotContain("not YAML", diagnostic.Message, StringComparison.Ordinal));
        var rules = await JsonSchema.FromJsonAsync(schema, TestContext.Current.CancellationToken);
        var document = YamlFile.Parse(yaml, "file.yaml", new());
        Assert.NotEmpty(rules.Validate(SchemaCase.Json(document!)));
    }
}
