using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Commands;

/// <summary>An acknowledgement as it came; whether it settles anything is its reader's to say.</summary>
/// <param name="Device">Which device sent it, by its topic.</param>
/// <param name="Correlation">What it carries back.</param>
/// <param name="Acknowledgement">What it says.</param>
/// <param name="ReceivedTimestamp">When it arrived: <see cref="TimeProvider.GetTimestamp"/> of the link's clock.</param>
internal readonly record struct ReceivedAcknowledgement(
    DeviceId Device,
    CorrelationData Correlation,
    Acknowledgement Acknowledgement,
    long ReceivedTimestamp);
