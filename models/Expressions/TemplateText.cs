using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions;

/// <summary>Writes a template as it is written in a file: the reverse of <see cref="ValueTemplate.Parse(Reading.YamlNode, Reading.DiagnosticBag)"/>.</summary>
internal static class TemplateText
{
    /// <summary>The template as a value, with <c>${…}</c> in its texts.</summary>
    public static Value Write(ValueTemplate template) => template switch
    {
        ValueTemplate.Constant constant => Escaped(constant.Value),
        ValueTemplate.Computed computed => Value.Of($"${{{computed.Expression.Source}}}"),
        ValueTemplate.Text text => Value.Of(string.Concat(text.Parts.Select(part => part.Expression is null ? Escaped(part.Literal!) : $"${{{part.Expression.Source}}}"))),
        ValueTemplate.List list => Value.Of([.. list.Items.Select(Write)]),
        _ => Value.Of(Entries(((ValueTemplate.Map)template).Entries.Select(entry => KeyValuePair.Create(entry.Key, Write(entry.Value))))),
    };

    private static Value Escaped(Value value) => value.Kind switch
    {
        ValueKind.Text => Value.Of(Escaped(value.AsText)),
        ValueKind.List => Value.Of([.. value.AsList.ToArray().Select(Escaped)]),
        ValueKind.Map => Value.Of(Entries(value.AsMap.Select(entry => KeyValuePair.Create(entry.Key, Escaped(entry.Value))))),
        _ => value,
    };

    private static string Escaped(string text) => text.Replace("${", "$${", StringComparison.Ordinal);

    private static ValueMap Entries(IEnumerable<KeyValuePair<string, Value>> entries)
    {
        var map = new ValueMap.Builder();
        foreach (var (name, value) in entries)
        {
            map.Set(name, value);
        }

        return map.Build();
    }
}
