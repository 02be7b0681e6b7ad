using System.Collections.Immutable;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Reading;

/// <summary>Reads what calls of the system under test have in common.</summary>
internal static class CallReader
{
    /// <summary>Reads a number or a list of numbers; nothing where the key is not there.</summary>
    public static ImmutableArray<int> Numbers(MapReader map, string key, int least, int most)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        foreach (var node in map.OneOrList(key))
        {
            if (NodeReader.Integer(node, key, map.Diagnostics, least, most) is { } number)
            {
                numbers.Add((int)number);
            }
        }

        return numbers.DrainToImmutable();
    }
}
