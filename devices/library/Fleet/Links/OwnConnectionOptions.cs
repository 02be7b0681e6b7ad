using IotMqtt.Models.Fleets.Connections;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>How a device connects to the broker of its back end: what its fleet says, and what it does not say as the worker has it.</summary>
internal static class OwnConnectionOptions
{
    public static MqttLinkOptions Of(HostedDevice device, FleetContext fleet, string clientId)
    {
        var will = device.Machine.Will(fleet.Clock.Now) is { } message ? OwnTopics.To(message) : null;
        var options = new MqttLinkOptions
        {
            Url = fleet.Options.Broker,
            ClientId = clientId,
            Username = fleet.Options.Username,
            Password = fleet.Options.Password,
            Tls = fleet.Options.Tls,
            KeepAlive = fleet.Options.KeepAlive,
            BackOff = fleet.Options.BackOff,
            Will = will,
        };
        return device.Machine.Device.Connection is { } connection ? With(options, connection) : options;
    }

    /// <summary>What is wrong with a connection; null: nothing.</summary>
    public static string? ProblemOf(ConnectionDefinition connection)
    {
        foreach (var url in connection.Urls)
        {
            if (!BrokerUrl.TryParse(url, out _, out var reason))
            {
                return $"{connection.At}: that is not the URL of a broker: {reason}";
            }
        }

        return null;
    }

    private static MqttLinkOptions With(MqttLinkOptions options, ConnectionDefinition connection)
    {
        var urls = connection.Urls.Select(BrokerUrl.Parse).ToArray();

        // Credentials are for the broker that they are said for: those of the worker's broker are not told another one.
        var isElsewhere = urls.Length > 0;
        return options with
        {
            Url = isElsewhere ? urls[0] : options.Url,
            Alternatives = isElsewhere ? urls[1..] : [],
            ClientId = connection.ClientId ?? options.ClientId,
            Username = connection.Username ?? (isElsewhere ? null : options.Username),
            Password = connection.Username is not null || connection.Password is not null ? connection.Password : isElsewhere ? null : options.Password,
            Tls = new TlsOptions
            {
                CaFile = connection.CaFile ?? options.Tls.CaFile,
                CertificateFile = connection.CertificateFile ?? options.Tls.CertificateFile,
                KeyFile = connection.CertificateFile is null ? options.Tls.KeyFile : connection.KeyFile,
                ServerName = connection.ServerName ?? (isElsewhere ? null : options.Tls.ServerName),
            },
            KeepAlive = connection.KeepAlive ?? options.KeepAlive,
            CleanStart = connection.CleanStart,
            SessionExpiry = connection.SessionExpiry,
            Version = connection.Version == Models.Fleets.Connections.MqttVersion.V5 ? Protocol.Links.MqttVersion.V5 : Protocol.Links.MqttVersion.V311,
        };
    }
}
