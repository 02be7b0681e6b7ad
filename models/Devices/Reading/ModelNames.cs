using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Expressions.Syntax;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Devices.Reading;

/// <summary>The rules for the names in a model, and what expressions in it see.</summary>
internal static class ModelNames
{
    private static readonly string[] Reserved = ["args", "t", "n"];

    /// <summary>Checks the name of a property or an argument: expressions use it bare.</summary>
    public static void CheckVariable(YamlScalar key, string what, DiagnosticBag diagnostics)
    {
        var name = key.Text;
        if (!IsIdentifier(name))
        {
            var near = (EntityName.Near(name) ?? "").Replace('-', '_');
            diagnostics.Error(key.At, $"\"{name}\" cannot name {what}: expressions use it as a JavaScript name", IsIdentifier(near) ? $"write {near}" : null);
        }
        else if (JavaScriptNames.All.Contains(name) || JavaScriptNames.Keywords.Contains(name) || Reserved.Contains(name, StringComparer.Ordinal))
        {
            diagnostics.Error(key.At, $"\"{name}\" cannot name {what}: it means something in every expression", $"write {name}_");
        }
    }

    /// <summary>Checks the name of a model, a command, a reading or an event: it becomes a level of a topic.</summary>
    public static void CheckEntity(SourcePosition at, string name, string what, DiagnosticBag diagnostics)
    {
        if (!EntityName.IsValid(name))
        {
            diagnostics.Error(at, $"\"{name}\" cannot name {what}: {EntityName.Rule}", EntityName.Near(name) is { } near ? $"write {near}" : null);
        }
    }

    /// <summary>What expressions of a model see: its properties, and whatever else.</summary>
    public static NameTable Table(IEnumerable<string> properties, params ReadOnlySpan<(string Name, Shape Shape)> others)
    {
        var names = new Dictionary<string, Shape>(StringComparer.Ordinal);
        foreach (var property in properties)
        {
            names[property] = Shape.Any;
        }

        foreach (var (name, shape) in others)
        {
            names[name] = shape;
        }

        return new(names);
    }

    private static bool IsIdentifier(string name) =>
        name.Length is > 0 and <= EntityName.MaxLength && !char.IsAsciiDigit(name[0]) && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
