using System.IO.Hashing;
using System.Runtime.InteropServices;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour.Ledger;

/// <summary>A stable hash of what a command asks for: the same for equal arguments in any order.</summary>
internal static class Fingerprint
{
    public static ulong Of(in CommandRequest request)
    {
        var hash = Of(request.Command, 1);
        return request.Malformed is { } malformed ? Of(malformed, hash) : Mix(hash, Of(request.Arguments));
    }

    private static ulong Of(ValueMap map)
    {
        // A sum, as the order of names says nothing.
        var sum = (ulong)map.Count;
        foreach (var (name, value) in map.Entries)
        {
            sum += Mix(Of(name, 2), Of(value));
        }

        return sum;
    }

    private static ulong Of(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                return 3;
            case ValueKind.Boolean:
                return value.AsBoolean ? 5UL : 7UL;
            case ValueKind.Integer:
                return Mix(11, (ulong)value.AsInteger);
            case ValueKind.BigInteger:
                return Mix(29, XxHash3.HashToUInt64(value.AsBigInteger.ToByteArray()));
            case ValueKind.Number:
                return Mix(13, BitConverter.DoubleToUInt64Bits(value.AsNumber));
            case ValueKind.Text:
                return Of(value.AsText, 17);
            case ValueKind.List:
                var hash = 19UL;
                foreach (var item in value.AsList)
                {
                    hash = Mix(hash, Of(item));
                }

                return hash;
            default:
                return Mix(23, Of(value.AsMap));
        }
    }

    private static ulong Of(string text, ulong seed) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), unchecked((long)seed));

    private static ulong Mix(ulong left, ulong right)
    {
        var mixed = (left ^ (right * 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9;
        return mixed ^ (mixed >> 29);
    }
}
