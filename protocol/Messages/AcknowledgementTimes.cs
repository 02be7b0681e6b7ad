namespace IotMqtt.Protocol.Messages;

/// <summary>When the phases of a command were reached, on the device's clock; what has not been reached is absent.</summary>
/// <param name="Accepted">When it was taken into the queue.</param>
/// <param name="Started">When it began to be carried out.</param>
/// <param name="Done">When it ended.</param>
internal readonly record struct AcknowledgementTimes(DeviceTime? Accepted, DeviceTime? Started, DeviceTime? Done)
{
    /// <summary>Whether no phase has a time.</summary>
    public bool IsEmpty => Accepted is null && Started is null && Done is null;
}
