namespace IotMqtt.Testing.Containers;

/// <summary>A program that ran in a container did not succeed. The message is for whoever reads the test's failure.</summary>
/// <param name="message">What failed.</param>
public sealed class ContainerRunException(string message) : Exception(message);
