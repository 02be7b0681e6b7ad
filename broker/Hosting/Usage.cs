namespace IotMqtt.Broker.Hosting;

/// <summary>The program's help.</summary>
internal static class Usage
{
    public static string Text { get; } = string.Join(Environment.NewLine,
    [
        "The MQTT broker of IotMqtt: MQTT 5 and 3.1.1 over TCP, TLS and WebSocket.",
        "",
        "  dotnet run --project broker -- [--port 1883] [options]     serve until SIGTERM or Ctrl-C",
        "  dotnet IotMqtt.Broker.Program.dll health [--url URL]       exit 0 if a broker takes connections, else 1",
        "",
        "Options (the same in the environment, such as IOTMQTT_BROKER_PORT, and in appsettings.json below \"Broker\"):",
        "",
        .. Settings.All.Select(setting => $"  {"--" + setting.Name,-24} {setting.Help}"),
        "",
        "Exit codes: 0 stopped, 2 an option is not valid, 3 it cannot listen.",
    ]);
}
