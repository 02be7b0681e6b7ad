using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace IotMqtt.Engine.Running.Machinery;

/// <summary>
/// Identities: a hash of the run, every ancestor node with its iteration, attempt or key, and the node's own place. Ids of commands are
/// such identities (DESIGN section 4, rule 2): the same in every replay, different for everything that is carried out deliberately.
/// </summary>
internal static class NodeKey
{
    /// <summary>The identity of what stands in this relation to a node.</summary>
    public static UInt128 Of(UInt128 parent, Relation relation, long number)
    {
        Span<byte> bytes = stackalloc byte[25];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, parent);
        bytes[16] = (byte)relation;
        BinaryPrimitives.WriteInt64BigEndian(bytes[17..], number);
        return XxHash128.HashToUInt128(bytes);
    }

    /// <summary>The same, by a name.</summary>
    public static UInt128 Of(UInt128 parent, Relation relation, string name) =>
        Of(parent, relation, (long)XxHash64.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan())));

    /// <summary>The seed of the chance of a node.</summary>
    public static ulong Seed(ulong seed, UInt128 key, int number) => (ulong)Of(key ^ seed, Relation.Chance, number);
}

/// <summary>What a node is to the one around it.</summary>
internal enum Relation : byte
{
    Step,
    Attempt,
    Round,
    Device,
    Then,
    Else,
    Gate,
    Catch,
    Finally,
    Act,
    Undo,
    Command,
    Chance,
}
