using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Programs;

/// <summary>Writes everything that a program is, but where it was written: equal texts, equal programs.</summary>
internal static class Trees
{
    private static readonly string[] Places = [nameof(RunNode.File), nameof(DeviceProgram.Fleet)];

    public static string Text(DeviceProgram program)
    {
        var text = new StringBuilder();
        Write(program, text, 0);
        return text.ToString();
    }

    private static void Write(object? value, StringBuilder text, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                return;
            case string or Enum or bool or int or double or TimeSpan or byte:
                text.Append(value);
                return;
            case Value json:
                text.Append(json.ToJson());
                return;
            case Expression expression:
                text.Append("js ").Append(expression.Source);
                return;
            case IEnumerable items:
                text.Append('[');
                foreach (var item in items)
                {
                    text.AppendLine().Append(' ', depth * 2 + 2);
                    Write(item, text, depth + 1);
                }

                text.Append(']');
                return;
        }

        text.Append(value.GetType().Name);
        foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            if (!property.Name.EndsWith("At", StringComparison.Ordinal) && !Places.Contains(property.Name))
            {
                text.AppendLine().Append(' ', depth * 2 + 2).Append(property.Name).Append(": ");
                Write(property.GetValue(value), text, depth + 1);
            }
        }
    }
}
