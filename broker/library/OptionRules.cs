using System.Net;
using IotMqtt.Broker.Listening;

namespace IotMqtt.Broker;

/// <summary>What must hold of options; everything that does not is said at once.</summary>
internal static class OptionRules
{
    private static bool IsLoopback(string host) =>
        string.IsNullOrWhiteSpace(host) || host == "localhost" || IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);

    private static bool IsOrigin(string text) =>
        text == "*" || Uri.TryCreate(text, UriKind.Absolute, out var origin) && text == origin.GetLeftPart(UriPartial.Authority);

    public static IEnumerable<string> Check(BrokerOptions options)
    {
        var errors = new List<string>();
        Require(!string.IsNullOrWhiteSpace(options.Host), "Host is empty: give an IP address, localhost, or * for all addresses.");
        Port("Port", options.Port);
        Port("WebSocketPort", options.WebSocketPort);
        Port("HealthPort", options.HealthPort);
        Port("Tls:Port", options.Tls?.Port);
        Port("Tls:WebSocketPort", options.Tls?.WebSocketPort);
        Require(options.Tls is not { Certificate: "" }, "Tls:Certificate is missing: give a PFX file, or a PEM file and its key.");
        Require(
            options.Port is not null || options.WebSocketPort is not null || options.Tls is not null,
            "Port is off and nothing else takes clients: turn TLS or the WebSocket port on.");
        Require(
            options.Username is null || options.Password is not null,
            "Username is set without a Password: whoever knows the name would be let in. Set both, or neither.");
        Require(options.Username is not "", "Username is empty.");
        Require(options.Password is null || options.Username is not null, "Password is set without a Username.");
        Require(
            options.AllowAnonymous || options.Username is not null || options.UsersFile is not null || IsLoopback(options.Host),
            $"Host is {options.Host}, where others can reach it, and anybody could connect: set UsersFile or Username, or AllowAnonymous if that is meant.");
        Require(OriginRule.Split(options.WebSocketOrigins).All(IsOrigin), "WebSocketOrigins are * or such as https://example.org: scheme and host, and a port if it is not the usual one.");
        Require(options.ConnectTimeout > TimeSpan.Zero, "ConnectTimeout must be more than zero.");
        Require(options.MaxSessionExpiry >= TimeSpan.Zero, "MaxSessionExpiry must not be negative.");
        Require(options.MaxSessionExpiry <= TimeSpan.FromSeconds(uint.MaxValue - 1d), "MaxSessionExpiry is longer than MQTT can say (136 years).");
        AtLeast("MaxConnections", options.MaxConnections, 1);
        AtLeast("MaxConnectionsPerAddress", options.MaxConnectionsPerAddress, 0);
        AtLeast("MaxFailedLogins", options.MaxFailedLogins, 0);
        AtLeast("MaxSessions", options.MaxSessions, 1);
        AtLeast("MaxPacketSize", options.MaxPacketSize, 1024);
        Require(options.MaxPacketSize <= 268_435_455 + 5, "MaxPacketSize is larger than an MQTT packet can be (256 MiB).");
        AtLeast("MaxQueuedMessages", options.MaxQueuedMessages, 1);
        Require(options.MaxQueuedBytes >= options.MaxPacketSize, $"MaxQueuedBytes is {options.MaxQueuedBytes}: at least MaxPacketSize, or a message could never wait.");
        Require(options.MaxQueuedBytesInAll >= options.MaxQueuedBytes, $"MaxQueuedBytesInAll is {options.MaxQueuedBytesInAll}: at least MaxQueuedBytes.");
        AtLeast("MaxInFlight", options.MaxInFlight, 1);
        Require(options.MaxInFlight <= ushort.MaxValue, "MaxInFlight is more than MQTT has packet identifiers (65,535).");
        AtLeast("MaxSubscriptionsPerSession", options.MaxSubscriptionsPerSession, 1);
        AtLeast("MaxRetainedMessages", options.MaxRetainedMessages, 0);
        Require(options.MaxRetainedBytes >= 0, "MaxRetainedBytes must not be negative.");
        var taken = new[] { options.Port, options.WebSocketPort, options.HealthPort, options.Tls?.Port, options.Tls?.WebSocketPort };
        Require(taken.Where(port => port > 0).GroupBy(port => port).All(group => group.Count() == 1), "Two listeners have the same port.");
        return errors;

        void Require(bool holds, string error)
        {
            if (!holds)
            {
                errors.Add(error);
            }
        }

        void Port(string name, int? port) => Require(port is null or (>= 0 and <= 65_535), $"{name} is {port}: a port is 0 (a free one) to 65535.");

        void AtLeast(string name, int value, int least) => Require(value >= least, $"{name} is {value}: at least {least}.");
    }
}
