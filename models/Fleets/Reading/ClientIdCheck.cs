using IotMqtt.Models.Reading;

namespace IotMqtt.Models.Fleets.Reading;

/// <summary>Two devices with one client id on one broker throw each other out for ever: said before anything connects.</summary>
internal static class ClientIdCheck
{
    public static void Check(IEnumerable<DeviceDefinition> devices, DiagnosticBag diagnostics)
    {
        var owners = new Dictionary<(string Broker, string ClientId), string>();
        var said = new HashSet<SourcePosition>();
        foreach (var device in devices)
        {
            if (device.Connection is { ClientId: { } clientId } connection
                && !owners.TryAdd((connection.Urls.IsEmpty ? "" : connection.Urls[0], clientId), device.Id)
                && said.Add(connection.At))
            {
                var first = owners[(connection.Urls.IsEmpty ? "" : connection.Urls[0], clientId)];
                diagnostics.Error(connection.At, $"{first} and {device.Id} would both have the client id \"{clientId}\"", "put ${id} or a variable of the device into it");
            }
        }
    }
}
