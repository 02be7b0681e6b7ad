using System.Text.Json.Nodes;
using IotMqtt.Engine.Programs.Reading;
using IotMqtt.Engine.Programs.Reading.Kinds;

namespace IotMqtt.Engine.Schemas;

/// <summary>The JSON Schema of programs, from the key tables that the reader checks against.</summary>
internal static class ProgramSchema
{
    private const string Dotted = """{ "type": "string", "pattern": "^(params\\.)?[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$" }""";

    /// <summary>The schema.</summary>
    public static string Generate() => SchemaBuilder.Document("A program of IotMqtt", ProgramReader.Keys, Definitions());

    private static JsonObject Definitions()
    {
        var definitions = CommonDefinitions.All();
        definitions["command"] = SchemaBuilder.Parse(Dotted);
        definitions["reference"] = SchemaBuilder.Parse(Dotted);
        definitions["device"] = SchemaBuilder.Parse("""{ "type": "string", "pattern": "^(params\\.)?[A-Za-z0-9_-]+$" }""");
        definitions["batchSize"] = SchemaBuilder.AnyOf(SchemaBuilder.Parse(Shape.Count), SchemaBuilder.Parse(Shape.Percent));
        definitions["tolerance"] = SchemaBuilder.AnyOf(SchemaBuilder.Parse(Shape.Number(0)), SchemaBuilder.Parse(Shape.Percent));
        definitions["times"] = SchemaBuilder.AnyOf(SchemaBuilder.Parse(Shape.Number(0)), SchemaBuilder.Parse(Shape.Computed));
        definitions["items"] = SchemaBuilder.AnyOf(SchemaBuilder.Parse($$"""{ "type": "array", "items": {{Shape.Any}} }"""), SchemaBuilder.Parse(Shape.Computed));
        definitions["variables"] = SchemaBuilder.Parse("""{ "type": "object", "minProperties": 1, "patternProperties": { "^[A-Za-z_$][A-Za-z0-9_$]*$": { "$ref": "#/definitions/value" } }, "additionalProperties": false }""");
        definitions["retriable"] = SchemaBuilder.Parse(Shape.OneOf(RetryReader.Retriable.Select(status => status.Name)));
        definitions["retry"] = SchemaBuilder.Mapping(RetryReader.Keys);
        definitions["undoable"] = SchemaBuilder.Parse(Shape.OneOf(UndoReader.Undoable.Select(status => status.Name)));
        definitions["undo"] = SchemaBuilder.AnyOf(SchemaBuilder.Parse(Shape.CommandTarget), SchemaBuilder.Mapping(UndoReader.Keys));
        definitions["expect"] = SchemaBuilder.Mapping(ExpectationReader.ExpectKeys, MatchReader.KindNames);
        definitions["never"] = SchemaBuilder.Mapping(ExpectationReader.NeverKeys, MatchReader.KindNames);
        definitions["countRange"] = SchemaBuilder.Mapping(ExpectationReader.RangeKeys);
        definitions["monitors"] = SchemaBuilder.Mapping(MonitorReader.Keys);
        definitions["monitorExpect"] = SchemaBuilder.Mapping(MonitorReader.ExpectKeys, MatchReader.KindNames);
        definitions["monitorNever"] = SchemaBuilder.Mapping(MonitorReader.NeverKeys, MatchReader.KindNames);
        definitions["gapless"] = SchemaBuilder.Mapping(MonitorReader.GaplessKeys, MatchReader.KindNames);
        definitions["wait"] = SchemaBuilder.Mapping(WaitKind.MatchKeys, MatchReader.KindNames);
        definitions["http"] = SchemaBuilder.Mapping(HttpKind.RequestKeys, HttpKind.Methods);
        definitions["exec"] = ExecKind.Schema();
        definitions["selection"] = Selection();
        definitions["fault"] = Fault();
        FaultShapes.Define(definitions);
        definitions["params"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = SchemaBuilder.Parse(Shape.Ref("param")) };
        definitions["param"] = TypeKeys.Schema(TypeKeys.Parameter);
        definitions["steps"] = SchemaBuilder.Parse(Shape.Ref("step"));
        definitions["step"] = Step();
        foreach (var kind in StepKinds.All)
        {
            definitions[$"step-{kind.Name}"] = SchemaBuilder.Mapping(kind.Keys);
        }

        definitions["step-undo-all"] = SchemaBuilder.Mapping(UndoReader.AllKeys);
        return definitions;
    }

    private static JsonObject Step() => SchemaBuilder.AnyOf(
    [
        SchemaBuilder.Parse(Shape.CommandTarget),
        SchemaBuilder.Parse(Shape.Branches),
        .. StepKinds.Names.Select(name => SchemaBuilder.Parse(Shape.Ref($"step-{name}"))),
        SchemaBuilder.Parse(Shape.Ref("step-undo-all")),
    ]);

    private static JsonObject Selection()
    {
        var mapping = SchemaBuilder.Mapping(SelectionReader.Keys);
        mapping["minProperties"] = 1;
        return SchemaBuilder.AnyOf(SchemaBuilder.Parse(Shape.Name), SchemaBuilder.Parse(Shape.ListOf(Shape.Name)), mapping);
    }

    private static JsonObject Fault()
    {
        var mapping = SchemaBuilder.Mapping(FaultKind.FaultKeys);
        mapping["minProperties"] = 2;
        return mapping;
    }
}
