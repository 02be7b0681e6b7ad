using System.Globalization;
using System.Numerics;
using Acornima.Ast;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions.Syntax;

/// <summary>A whole number beyond 2^53 that is written in digits: JavaScript would take it for the nearest number that it has.</summary>
internal static class LargeLiteral
{
    private const double Limit = 9007199254740992;

    public static bool TryRead(NumericLiteral literal, out BigInteger value)
    {
        value = default;
        var digits = literal.Raw.Replace("_", "", StringComparison.Ordinal);
        return literal.Value >= Limit
            && digits.Length <= Value.MostDigits
            && BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value > (BigInteger)Limit;
    }
}
