using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Nodes;

/// <summary>Values where text is wanted: text as it is, anything else as JSON.</summary>
internal static class TextOf
{
    public static string Value(in Value value) => value.Kind == ValueKind.Text ? value.AsText : value.ToJson();
}
