using System.Diagnostics.CodeAnalysis;

namespace IotMqtt.Protocol.Messages;

internal sealed partial record Acknowledgement
{
    /// <summary>
    /// Reads a payload; false, with a reason, if it is malformed. What the contract does not name is ignored. Result and state
    /// are slices of the payload, which must not change afterwards.
    /// </summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> payload,
        [NotNullWhen(true)] out Acknowledgement? acknowledgement,
        [NotNullWhen(false)] out string? reason)
    {
        var reader = new AcknowledgementReader(payload);
        var read = reader.TryRead(out acknowledgement);
        reason = read ? null : reader.Reason;
        return read;
    }
}
