using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>
/// Lets something go wrong with a device, or ends that: the payload of <c>control/fault</c>. Answered by an
/// <see cref="Acknowledgement"/>: <c>succeeded</c>, also where there was nothing to end; or <c>rejected</c>, with
/// <see cref="ErrorCodes.Malformed"/> where the fault is none and <see cref="ErrorCodes.StaleEpoch"/> for an epoch that is over.
/// The same request again changes nothing. A device answers this, and everything else under <c>control/</c>, whatever its faults.
/// </summary>
internal sealed record FaultRequest
{
    /// <summary>The longest <see cref="Key"/>, in characters.</summary>
    public const int MaxKeyLength = 256;

    /// <summary>Names the fault among those of the device; a fault replaces the one that has its key.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// What goes wrong, with the keys that a fleet file has: <c>{"latency":"2s"}</c>, <c>{"drop":{"what":"sent","probability":"30%"}}</c>,
    /// <c>{"disconnect":"5s"}</c>. Belongs to models, which this part does not know. Absent: the fault of that key ends.
    /// </summary>
    public JsonText? Fault { get; init; }

    /// <summary>The run that asks, if one does.</summary>
    public RunId? Run { get; init; }

    /// <summary>The epoch of the run.</summary>
    public long? Epoch { get; init; }
}
