namespace IotMqtt.Broker.Hosting;

/// <summary>One option of the program.</summary>
/// <param name="Name">As on the command line, without the dashes: <c>max-packet-size</c>.</param>
/// <param name="Key">As in appsettings.json, below <c>Broker</c>.</param>
/// <param name="Expected">What its value looks like.</param>
/// <param name="Help">What it is, with its default.</param>
/// <param name="Apply">Sets it; <see langword="null"/> where the value is not valid.</param>
internal sealed record Setting(string Name, string Key, string Expected, string Help, Func<ProgramOptions, string, ProgramOptions?> Apply)
{
    public const string EnvironmentPrefix = "IOTMQTT_BROKER_";

    public string Environment => EnvironmentPrefix + Name.ToUpperInvariant().Replace('-', '_');
}
