using System.Text;
using CsCheck;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Tests.Devices;

public sealed class ModelJsonTests
{
    private const string Everything = """
        model: everything
        properties:
          flag: boolean
          level: { type: integer, min: -1, max: 10, initial: 3 }
          ratio: { type: number, initial: 0.25 }
          name: { type: text, initial: "${not an expression}" }
          bowl: { enum: [clean, used], initial: used }
          color: color
          items: { type: list, initial: [1, "two", { three: 3 }] }
          meta: { type: object }
        events: [opened, closed]
        concurrency: 4
        telemetry:
          reading: { every: 5s, value: "${level + t + n}" }
          other: { every: { normal: { mean: 1s, sd: 100ms } }, value: { level: "${level}", text: "at ${level} of $${max}" } }
        commands:
          ping: {}
          act:
            args:
              id: integer
              how: { enum: [slow, fast], default: slow }
              note: { type: text, optional: true }
            takes: 300ms..1s
            requires: level < 10 && args.id > 0
            otherwise: it is full
            set: { level: "${level + 1}", items: ["${args.id}", x], name: fixed }
            result: { sum: "${level + args.id}", list: [1, 2] }
            emits: { opened: { id: "${args.id}" }, closed: {} }
        """;

    [Fact]
    public void A_model_is_read_back_as_it_was_written()
    {
        var model = Parse(Everything);

        Assert.True(ModelJson.TryRead(ModelJson.Write(model), out var read, out var error), error);

        Assert.Equal(Encoding.UTF8.GetString(ModelJson.Write(model)), Encoding.UTF8.GetString(ModelJson.Write(read!)));
        Assert.Equal(model.Hash, read!.Hash);
        Assert.Equal(model.Properties, read.Properties);
        Assert.Equal(model.Commands.Select(command => command.Takes), read.Commands.Select(command => command.Takes));
        Assert.Equal(model.Commands[1].Parameters, read.Commands[1].Parameters);
        Assert.Equal("at ${level} of $${max}", Assert.IsType<Models.Expressions.ValueTemplate.Map>(read.Telemetry[1].Value).Entries
            .Select(entry => Models.Expressions.TemplateText.Write(entry.Value)).Last().AsText);
        Assert.Equal(4, read.Concurrency);
    }

    [Fact]
    public void Every_built_in_model_is_read_back_as_it_was_written() => Assert.All(BuiltInModels.All, model =>
    {
        Assert.True(ModelJson.TryRead(ModelJson.Write(model), out var read, out var error), error);
        Assert.Equal(model.Hash, read!.Hash);
    });

    [Theory]
    [InlineData("takes: 300ms..1s", "takes: 300ms..2s")]
    [InlineData("initial: 3", "initial: 4")]
    [InlineData("requires: level < 10", "requires: level < 11")]
    [InlineData("otherwise: it is full", "otherwise: it is very full")]
    [InlineData("concurrency: 4", "concurrency: 5")]
    [InlineData("every: 5s", "every: 6s")]
    [InlineData("default: slow", "default: fast")]
    [InlineData("closed: {}", "closed: { x: 1 }")]
    [InlineData("max: 10,", "max: 11,")]
    public void Any_change_changes_the_hash(string from, string to) =>
        Assert.NotEqual(Parse(Everything).Hash, Parse(Everything.Replace(from, to, StringComparison.Ordinal)).Hash);

    [Fact]
    public void How_a_model_is_written_does_not_change_the_hash() => Assert.Equal(
        Parse("model: m\nproperties: { p: boolean }\ncommands: { c: { set: { p: true } } }").Hash,
        Parse("# a comment\nmodel: \"m\"\nproperties:\n  p: { type: boolean, initial: false }\ncommands:\n  c:\n    takes: 500ms\n    set:\n      p: true\n").Hash);

    [Theory]
    [InlineData("[]", "a model must be a mapping")]
    [InlineData("{}", "needs the key \"model\"")]
    [InlineData("{\"model\":\"m\",\"comands\":{}}", "did you mean \"commands\"?")]
    [InlineData("{\"model\":null}", "null is not allowed")]
    [InlineData("{", "")]
    [InlineData("{\"model\":\"m\",\"commands\":{\"c\":{\"requires\":\"x(\"}}}", "is not a JavaScript expression")]
    public void What_is_no_model_is_said(string json, string error)
    {
        Assert.False(ModelJson.TryRead(Encoding.UTF8.GetBytes(json), out var model, out var said));
        Assert.Null(model);
        Assert.Contains(error, said, StringComparison.Ordinal);
    }

    [Fact]
    public void No_bytes_crash_the_reader()
    {
        var whole = ModelJson.Write(Parse(Everything));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var bytes = whole.ToArray();
            bytes[at] = value;
            return ModelJson.TryRead(bytes, out var model, out var error) ? model is not null : error is not null;
        });
    }

    private static DeviceModel Parse(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        var model = ModelFile.Parse(yaml, "test.yaml", diagnostics);
        Assert.Empty(diagnostics);
        return model!;
    }
}
