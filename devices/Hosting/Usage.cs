using System.Text;

namespace IotMqtt.Devices.Hosting;

/// <summary>What <c>--help</c> says.</summary>
internal static class Usage
{
    public static string Text
    {
        get
        {
            var text = new StringBuilder();
            text.AppendLine("Hosts the devices of a fleet, one MQTT connection each, until it is stopped.");
            text.AppendLine();
            text.AppendLine("  iotmqtt-devices --fleet FILE [--broker URL] [OPTION VALUE]…");
            text.AppendLine("  iotmqtt-devices health       whether a worker with the same settings has all its devices online");
            text.AppendLine();
            foreach (var setting in Settings.All)
            {
                text.AppendLine($"  {"--" + setting.Name,-22}{setting.Help}");
            }

            text.AppendLine();
            text.AppendLine($"Every option also comes from the environment ({Settings.All[0].EnvironmentName}, {Settings.All[1].EnvironmentName}, …) and from appsettings.json, below Devices.");
            text.Append("Exit codes: 0 stopped, 2 the input is not valid, 3 the broker cannot be reached or does not let the devices in.");
            return text.ToString();
        }
    }
}
