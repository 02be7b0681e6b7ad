namespace IotMqtt.Protocol.Messages;

/// <summary>Why a command did not succeed.</summary>
/// <param name="Code">For programs: one of <see cref="ErrorCodes"/>, or a code of the device's model.</param>
/// <param name="Message">For people.</param>
internal sealed record AcknowledgementError(string Code, string Message);
