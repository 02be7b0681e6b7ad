using System.Net;

namespace IotMqtt.Broker.Listening;

/// <summary>
/// From which web pages a browser may open a WebSocket. A browser says from which page (RFC 6454), and any page may try, also towards a broker
/// that listens on loopback alone. Programs that are no browser say nothing, and are let in.
/// </summary>
/// <param name="host">The host that the broker was told to listen on.</param>
/// <param name="allowed">Origins that are allowed beside the broker's own, as <c>https://example.org</c>, several with commas; <c>*</c> is any.</param>
internal sealed class OriginRule(string host, string allowed)
{
    private readonly string[] _allowed = Split(allowed);

    public static string[] Split(string origins) => origins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public bool Allows(HttpRequest request)
    {
        var origins = request.Headers.Origin;
        return origins.Count == 0 || origins.All(origin => IsAllowed(origin, request.Host));
    }

    private bool IsAllowed(string? origin, HostString own) =>
        _allowed.Contains("*")
        || _allowed.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && string.Equals(page.Authority, own.Value, StringComparison.OrdinalIgnoreCase)
            && IsOurs(own.Host);

    // A name that somebody else's DNS lets point here is not ours, though page and request agree on it.
    private bool IsOurs(string name) =>
        string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
        || string.Equals(name, host, StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(name.Trim('[', ']'), out _);
}
