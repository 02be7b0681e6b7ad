using System.Collections.Immutable;
using IotMqtt.Engine.Programs.Reading;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs.Building;

/// <summary>Reads the texts of programs in C# as the YAML reader reads its own; what is wrong is thrown, because it is a bug of the caller.</summary>
internal static class Texts
{
    public static DottedName Dotted(string text) => Read(text, CommandReader.Read)!.Value;

    public static DeviceTarget Device(string text) => Read(text, (node, diagnostics) => CommandReader.Device(node, "device", diagnostics))!;

    public static string Name(string text) => Read(text, (node, diagnostics) => ValueReader.Name(node, "id", diagnostics))!;

    public static string Variable(string text) => Read(text, (node, diagnostics) => ValueReader.Variable(node, "a variable", diagnostics))!;

    public static Expression Condition(string text) => Read(text, (node, diagnostics) => ValueReader.Condition(node, "condition", diagnostics))!;

    public static Expression? OptionalCondition(string? text) => text is null ? null : Condition(text);

    public static BatchSize BatchSize(string text, int least) =>
        Read(text, (node, diagnostics) => BatchSizeReader.Read(node with { IsQuoted = false }, "batch", least, diagnostics))!;

    public static ImmutableArray<BatchSize> BatchSizes(ReadOnlySpan<string> texts)
    {
        var items = new YamlList(SourcePosition.None, [.. texts.ToArray().Select(text => new YamlScalar(SourcePosition.None, text, IsQuoted: false))]);
        var diagnostics = new DiagnosticBag();
        var sizes = BatchSizeReader.ReadAll(items, diagnostics);
        Throw(diagnostics);
        return sizes;
    }

    public static MatchSpec Match(MatchKind kind, string text, string? where)
    {
        var name = Dotted(text);
        return new(kind, name.Device, new ValueTemplate.Constant(Value.Of(name.Name)), OptionalCondition(where));
    }

    public static string Checked(string text, Func<string, SourcePosition, DiagnosticBag, bool> check)
    {
        var diagnostics = new DiagnosticBag();
        check(text, SourcePosition.None, diagnostics);
        Throw(diagnostics);
        return text;
    }

    public static void Throw(DiagnosticBag diagnostics)
    {
        if (diagnostics.HasErrors)
        {
            var texts = diagnostics.Select(error => error.Suggestion is null ? error.Message : $"{error.Message}; {error.Suggestion}");
            throw new ArgumentException(string.Join("; ", texts));
        }
    }

    private static T Read<T>(string text, Func<YamlScalar, DiagnosticBag, T> read)
    {
        ArgumentNullException.ThrowIfNull(text);
        var diagnostics = new DiagnosticBag();
        var value = read(new YamlScalar(SourcePosition.None, text, IsQuoted: true), diagnostics);
        Throw(diagnostics);
        return value;
    }
}
