using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>
/// Announces a run and its epoch to a device: the payload of <c>control/register</c>. A device refuses a lower epoch of the same
/// run with <see cref="ErrorCodes.StaleEpoch"/>. Answered by an <see cref="Acknowledgement"/> that is a <see cref="RegisterReply"/>.
/// </summary>
internal sealed record RegisterRequest
{
    /// <summary>The run.</summary>
    public required RunId Run { get; init; }

    /// <summary>Its epoch: a run that is resumed counts it up.</summary>
    public required long Epoch { get; init; }

    /// <summary>
    /// Whether the run looks at the device's own topics: from then on the device says on <c>event/received/{entry}</c> and
    /// <c>event/sent/{entry}</c> what comes and goes there, and its state before what it sends.
    /// </summary>
    public bool? Watch { get; init; }

    /// <summary>Whether the device is to say its state again: the broker has not kept it, or keeps it elsewhere.</summary>
    public bool? State { get; init; }
}
