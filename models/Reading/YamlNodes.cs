using IotMqtt.Models.Values;

namespace IotMqtt.Models.Reading;

/// <summary>Makes nodes of values, so that what came as JSON is read by the same readers as files.</summary>
internal static class YamlNodes
{
    /// <summary>The node of a value.</summary>
    /// <param name="value">The value; a null in it is an error, as in a file.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>Null, with an error, for null.</returns>
    public static YamlNode? Of(Value value, string name, DiagnosticBag diagnostics)
    {
        var at = new SourcePosition(name, 0, 0);
        switch (value.Kind)
        {
            case ValueKind.Null:
                diagnostics.Error(at, "null is not allowed as a value");
                return null;
            case ValueKind.Text:
                return new YamlScalar(at, value.AsText, IsQuoted: true);
            case ValueKind.List:
                var items = new List<YamlNode>(value.AsList.Length);
                foreach (var item in value.AsList)
                {
                    if (Of(item, name, diagnostics) is { } node)
                    {
                        items.Add(node);
                    }
                }

                return new YamlList(at, items);
            case ValueKind.Map:
                var entries = new List<YamlEntry>(value.AsMap.Count);
                foreach (var (key, member) in value.AsMap.Entries)
                {
                    if (Of(member, name, diagnostics) is { } node)
                    {
                        entries.Add(new(new(at, key, IsQuoted: true), node));
                    }
                }

                return new YamlMap(at, entries);
            default:
                return new YamlScalar(at, value.ToJson(), IsQuoted: false);
        }
    }
}
