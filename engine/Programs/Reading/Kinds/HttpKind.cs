using System.Collections.Immutable;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading.Kinds;

/// <summary><c>http: { post: "${params.api}/units/7/reboot", status: 202 }</c>.</summary>
internal sealed class HttpKind : StepKind
{
    public HttpKind()
        : base("http", Shape.Ref("http"), "Sends one HTTP request; its result is the answer's status, headers and body.") => Acts = true;

    /// <summary>The keys that say which method.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["get", "post", "put", "patch", "delete", "head"];

    /// <summary>The keys of what it holds.</summary>
    public static KeyTable RequestKeys { get; } = new(
    [
        .. Methods.Select(method => new Key(method, Shape.Text, $"The URL of a {method.ToUpperInvariant()}.")),
        new("headers", Shape.MapOf(Shape.Message), "Headers, by name."),
        new("body", PayloadReader.Schema, "What it carries: a mapping is JSON, text is as it is, { hex: … } and { base64: … } are bytes; nothing unless it says otherwise."),
        new("status", Shape.AnyOf(Shape.Number(100), Shape.ListOf(Shape.Number(100))), "The status that it must be answered with, or a list; any from 200 to 299 unless it says otherwise."),
        new("where", Shape.Condition, "A condition over value, the body of the answer, and status."),
    ]);

    public override Node? Read(YamlNode value, MapReader step, StepReader reader)
    {
        var diagnostics = reader.Diagnostics;
        if (MapReader.Open(value, Name, diagnostics) is not { } map)
        {
            return null;
        }

        RequestKeys.Check(map.Map, Name, diagnostics);
        var headers = ValueReader.Named(map, "headers", diagnostics);
        var node = new HttpNode("", new ValueTemplate.Constant(default))
        {
            Headers = headers ?? [],
            Body = map.Take("body") is { } body ? PayloadReader.Read(body, diagnostics) : null,
            Statuses = CallReader.Numbers(map, "status", 100, 599),
            Where = map.Take("where") is { } where ? ValueReader.Condition(where, "where", diagnostics) : null,
        };
        return Method(map, diagnostics) is { } method && Url(method.Value, method.Key.Text, diagnostics) is { } url
            ? node with { Method = method.Key.Text.ToUpperInvariant(), Url = url }
            : null;
    }

    /// <summary>Notes what is no absolute URL of HTTP, as far as that can be told before it is computed.</summary>
    public static bool CheckUrl(string text, SourcePosition at, DiagnosticBag diagnostics)
    {
        if (text.StartsWith("${", StringComparison.Ordinal)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        diagnostics.Error(at, $"\"{text}\" is no URL of HTTP", "write http://host/path or https://host/path");
        return false;
    }

    private static ValueTemplate? Url(YamlNode node, string what, DiagnosticBag diagnostics) =>
        NodeReader.Text(node, what, diagnostics) is { } text && CheckUrl(text, node.At, diagnostics) ? ValueTemplate.Parse(node, diagnostics) : null;

    private static YamlEntry? Method(MapReader map, DiagnosticBag diagnostics)
    {
        ImmutableArray<YamlEntry> found = [.. map.Map.Entries.Where(entry => Methods.Contains(entry.Key.Text))];
        if (found.Length > 1)
        {
            diagnostics.Error(found[1].Key.At, $"http has both \"{found[0].Key.Text}\" and \"{found[1].Key.Text}\"", "keep one of them");
        }
        else if (found.IsEmpty && !Methods.Any(map.Map.Mentions))
        {
            diagnostics.Error(map.At, "http does not say what to request", $"give it one of: {string.Join(", ", Methods)}");
        }

        return found.Length == 1 ? found[0] : null;
    }
}
