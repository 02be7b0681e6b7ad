using System.Globalization;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions.Syntax;

/// <summary>The helper <c>pad(number, width)</c>: a whole number with zeros before it; a longer one stays as it is.</summary>
internal static class Padding
{
    public const string Usage = "pad(number, width) takes a whole number of at least 0 and a width from 1 to 32";

    public static bool TryPad(Value number, Value width, out string text)
    {
        text = "";
        if (!number.IsWhole || number.AsBigInteger.Sign < 0 || width.Kind != ValueKind.Integer || width.AsInteger is < 1 or > 32)
        {
            return false;
        }

        text = number.AsBigInteger.ToString(CultureInfo.InvariantCulture).PadLeft((int)width.AsInteger, '0');
        return true;
    }
}
