namespace IotMqtt.Devices.Hosting;

/// <summary>One option of the program.</summary>
/// <param name="Name">As on the command line, without the dashes: <c>connect-timeout</c>.</param>
/// <param name="Key">As in appsettings.json, below <c>Devices</c>.</param>
/// <param name="Expected">What its value looks like.</param>
/// <param name="Help">What it is, with its default.</param>
/// <param name="Apply">Sets it; null where the value is not valid.</param>
internal sealed record Setting(string Name, string Key, string Expected, string Help, Func<WorkerOptions, string, WorkerOptions?> Apply)
{
    public const string EnvironmentPrefix = "IOTMQTT_";

    public string EnvironmentName => EnvironmentPrefix + Name.ToUpperInvariant().Replace('-', '_');
}
