namespace IotMqtt.Models.StandIns;

/// <summary>Thrown by the code of a command: it has been started and went wrong. The device is then as it was before.</summary>
/// <param name="message">Why, for whoever gave the command.</param>
public sealed class CommandFailedException(string message) : Exception(message);
