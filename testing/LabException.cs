namespace IotMqtt.Testing;

/// <summary>A lab cannot do what it is asked, or what a test expects of it did not happen. The message is for whoever reads the test's failure.</summary>
/// <param name="message">What is wrong, with what was there instead.</param>
public sealed class LabException(string message) : Exception(message);
