using IotMqtt.Protocol.Ids;

namespace IotMqtt.Runner.Running;

/// <summary>The identity of a run: as a number, from which the ids of its commands derive, and as it goes over the wire.</summary>
internal readonly record struct RunIdentity(UInt128 Number, RunId Text)
{
    /// <summary>An identity that no other run has. It decides nothing but names: chance comes from the seed.</summary>
    public static RunIdentity New()
    {
        var number = new CommandId(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(Guid.NewGuid().ToByteArray()));
        return new(number.Value, RunId.Parse(number.ToString()));
    }
}
