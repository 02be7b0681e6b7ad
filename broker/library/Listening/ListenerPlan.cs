using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using IotMqtt.Broker.Access;

namespace IotMqtt.Broker.Listening;

/// <summary>Which sockets to open: the options with their names resolved and their files read.</summary>
internal sealed record ListenerPlan(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<(ListenerKind Kind, int Port)> Listeners, X509Certificate2? Certificate, AccessRules Access, OriginRule Origins, TimeSpan ConnectTimeout)
{
    /// <summary>Whether HTTP is spoken somewhere: health, and what may become a WebSocket.</summary>
    public bool HasHttp => Listeners.Any(listener => listener.Kind is not (ListenerKind.Mqtt or ListenerKind.Mqtts));

    /// <returns>The plan, or everything that is wrong with the options.</returns>
    public static async Task<(ListenerPlan? Plan, IReadOnlyList<BrokerException> Errors)> MakeAsync(
        BrokerOptions options, CancellationToken cancellationToken)
    {
        List<BrokerException> errors = [.. OptionRules.Check(options).Select(error => new BrokerException(BrokerErrorKind.InvalidOptions, error))];
        var certificate = options.Tls is { Certificate.Length: > 0 } tls ? Certificates.Load(tls, errors) : null;
        var (access, wrong) = AccessRules.Read(options);
        errors.AddRange(wrong.Select(error => new BrokerException(BrokerErrorKind.InvalidOptions, error)));
        var addresses = await ResolveAsync(options.Host, errors, cancellationToken);
        return errors.Count == 0 ? (new ListenerPlan(addresses!, [.. ListenersOf(options)], certificate, access!, new OriginRule(options.Host, options.WebSocketOrigins), options.ConnectTimeout), errors) : (null, errors);
    }

    private static IEnumerable<(ListenerKind Kind, int Port)> ListenersOf(BrokerOptions options)
    {
        (ListenerKind Kind, int? Port)[] all =
        [
            (ListenerKind.Mqtt, options.Port),
            (ListenerKind.WebSocket, options.WebSocketPort),
            (ListenerKind.Health, options.HealthPort),
            (ListenerKind.Mqtts, options.Tls?.Port),
            (ListenerKind.WebSocketTls, options.Tls?.WebSocketPort),
        ];
        return all.Where(listener => listener.Port is not null).Select(listener => (listener.Kind, listener.Port!.Value));
    }

    // The system may know IPv6, and yet have no such address, as in many containers.
    private static bool HasLoopback6()
    {
        try
        {
            using var probe = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<IReadOnlyList<IPAddress>?> ResolveAsync(string host, List<BrokerException> errors, CancellationToken cancellationToken)
    {
        switch (host)
        {
            case "localhost":
                return Socket.OSSupportsIPv6 && HasLoopback6() ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
            case "*":
                // One socket for both families, where there are both.
                return [Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any];
            case var blank when string.IsNullOrWhiteSpace(blank):
                return null;
            default:
                if (IPAddress.TryParse(host, out var address))
                {
                    return [address];
                }

                break;
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(host, cancellationToken);
            return [found.FirstOrDefault(candidate => candidate.AddressFamily == AddressFamily.InterNetwork) ?? found[0]];
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException or IndexOutOfRangeException)
        {
            errors.Add(new BrokerException(
                BrokerErrorKind.CannotListen,
                $"'{host}' is no address of this machine: give an IP address, localhost, or * for all addresses.",
                exception));
            return null;
        }
    }
}
