using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Messages;

/// <summary>
/// Announces a run and its epoch to a device: the payload of <c>control/register</c>. A device refuses a lower epoch of the same
/// run with <see cref="ErrorCodes.StaleEpoch"/>. Answered by an <see cref="Acknowledgement"/> that is a <see cref="RegisterReply"/>.
/// </summary>
public sealed record RegisterRequest
{
    /// <summary>The run.</summary>
    public required RunId Run { get; init; }

    /// <summary>Its epoch: a run that is resumed counts it up.</summary>
    public required long Epoch { get; init; }
}
