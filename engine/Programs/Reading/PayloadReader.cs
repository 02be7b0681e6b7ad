using System.Collections.Immutable;
using IotMqtt.Engine.Schemas;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads what a message carries: any value, or bytes as <c>{ hex: … }</c> or <c>{ base64: … }</c>.</summary>
internal static class PayloadReader
{
    /// <summary>What it takes: anything. A mapping with a single key <c>hex</c> or <c>base64</c> is bytes.</summary>
    public static string Schema => Shape.Any;

    /// <summary>Reads the payload.</summary>
    public static PayloadTemplate? Read(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is YamlMap { Entries: [{ Key.Text: "hex" or "base64" } entry] } && entry.Value is YamlScalar scalar)
        {
            return Bytes(entry.Key.Text, scalar, diagnostics) is { } bytes ? new(null, bytes) : null;
        }

        return ValueTemplate.Parse(node, diagnostics) is { } value ? new(value, null) : null;
    }

    private static ImmutableArray<byte>? Bytes(string encoding, YamlScalar scalar, DiagnosticBag diagnostics)
    {
        try
        {
            var text = string.Concat(scalar.Text.Where(character => !char.IsWhiteSpace(character)));
            return [.. encoding == "hex" ? Convert.FromHexString(text) : Convert.FromBase64String(text)];
        }
        catch (FormatException)
        {
            diagnostics.Error(
                scalar.At,
                $"{scalar.Describe()} is not {encoding}",
                encoding == "hex" ? "write two digits 0-9 a-f for each byte, such as 00ff10" : "write Base64, such as AP8Q");
            return null;
        }
    }
}
