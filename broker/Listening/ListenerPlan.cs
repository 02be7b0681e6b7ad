using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace IotMqtt.Broker.Listening;

/// <summary>Which sockets to open: the options with their names resolved and their files read.</summary>
internal sealed record ListenerPlan(IPAddress Address, IReadOnlyList<(ListenerKind Kind, int Port)> Listeners, X509Certificate2? Certificate)
{
    public static async Task<ListenerPlan> MakeAsync(BrokerOptions options, CancellationToken cancellationToken)
    {
        var listeners = new List<(ListenerKind, int)> { (ListenerKind.Mqtt, options.Port) };
        AddIf(options.WebSocketPort, ListenerKind.WebSocket);
        AddIf(options.HealthPort, ListenerKind.Health);
        AddIf(options.Tls?.Port, ListenerKind.Mqtts);
        AddIf(options.Tls?.WebSocketPort, ListenerKind.WebSocketTls);
        var address = await ResolveAsync(options.Host, cancellationToken);
        return new ListenerPlan(address, listeners, options.Tls is { } tls ? Certificates.Load(tls) : null);

        void AddIf(int? port, ListenerKind kind)
        {
            if (port is { } number)
            {
                listeners.Add((kind, number));
            }
        }
    }

    private static async Task<IPAddress> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        switch (host)
        {
            case "localhost":
                return IPAddress.Loopback;
            case "*":
                return IPAddress.Any;
            default:
                if (IPAddress.TryParse(host, out var address))
                {
                    return address;
                }

                break;
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(host, cancellationToken);
            return found.FirstOrDefault(candidate => candidate.AddressFamily == AddressFamily.InterNetwork) ?? found[0];
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException or IndexOutOfRangeException)
        {
            throw new BrokerException(
                BrokerErrorKind.CannotListen,
                $"'{host}' is no address of this machine: give an IP address, localhost, or * for all addresses.",
                exception);
        }
    }
}
