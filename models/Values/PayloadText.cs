using System.Text;
using System.Text.Unicode;

namespace IotMqtt.Models.Values;

/// <summary>What a payload stands for, the same wherever a message is looked at: over any broker, in a dry run, in a device.</summary>
internal static class PayloadText
{
    /// <summary>
    /// Nothing is the text <c>""</c>, JSON its value, other UTF-8 the text that it is, and anything else <c>{"hex":"f0"}</c>. What only resembles
    /// JSON (<c>NaN</c> in it, a repeated name, a number out of range) is text.
    /// </summary>
    public static Value Decode(ReadOnlySpan<byte> payload) =>
        payload.IsEmpty ? Value.Of("")
        : Value.TryParseJson(payload, out var value, out _) ? value
        : Utf8.IsValid(payload) ? Value.Of(Encoding.UTF8.GetString(payload))
        : Value.Of(ValueMap.Of(("hex", Value.Of(Convert.ToHexStringLower(payload)))));
}
