using System.Diagnostics.CodeAnalysis;

namespace IotMqtt.Protocol.Ids;

/// <summary>An id that owns its grammar.</summary>
internal interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    /// <summary>Reads an id; false if the text does not follow its grammar.</summary>
    static abstract bool TryParse([NotNullWhen(true)] string? text, out TSelf id);
}
