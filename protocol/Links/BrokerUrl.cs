using System.Diagnostics.CodeAnalysis;

namespace IotMqtt.Protocol.Links;

/// <summary>
/// Where a broker is: <c>mqtt://host[:1883]</c>, <c>mqtts://host[:8883]</c>, <c>ws://host[:80][/mqtt]</c> or
/// <c>wss://host[:443][/mqtt]</c>, each with <c>user:password@</c> before the host if wanted.
/// </summary>
public sealed record BrokerUrl
{
    private const string Grammar = "expected mqtt://, mqtts://, ws:// or wss://, a host and a port, such as mqtt://localhost:1883";

    private BrokerUrl(string scheme, string host, int port, string path, string? username, string? password)
    {
        Scheme = scheme;
        Host = host;
        Port = port;
        Path = path;
        Username = username;
        Password = password;
    }

    /// <summary><c>mqtt</c>, <c>mqtts</c>, <c>ws</c> or <c>wss</c>.</summary>
    public string Scheme { get; }

    /// <summary>The host, without brackets if it is an IPv6 address.</summary>
    public string Host { get; }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The path of a WebSocket with its query; empty otherwise.</summary>
    public string Path { get; }

    /// <summary>The user name, if there is one.</summary>
    public string? Username { get; }

    /// <summary>The password, if there is one.</summary>
    public string? Password { get; }

    /// <summary>Whether it is a WebSocket.</summary>
    public bool IsWebSocket => Scheme is "ws" or "wss";

    /// <summary>Whether it is TLS.</summary>
    public bool IsTls => Scheme is "mqtts" or "wss";

    /// <summary>Reads a URL; false, with a reason that does not repeat a password, if it is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BrokerUrl? url, [NotNullWhen(false)] out string? reason)
    {
        url = null;
        reason = Grammar;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return false;
        }

        int? defaultPort = uri.Scheme switch
        {
            "mqtt" => 1883,
            "mqtts" => 8883,
            "ws" => 80,
            "wss" => 443,
            _ => null,
        };
        if (defaultPort is not { } port || uri.Fragment.Length > 0 || uri.Port == 0)
        {
            return false;
        }

        var isWebSocket = uri.Scheme is "ws" or "wss";
        if (!isWebSocket && uri.PathAndQuery is not ("" or "/"))
        {
            reason = $"{uri.Scheme}:// takes no path";
            return false;
        }

        // Only a URL without any path gets the usual one: who writes the slash means it.
        var hasPath = text!.IndexOf('/', text.IndexOf("://", StringComparison.Ordinal) + "://".Length) >= 0;
        var path = !isWebSocket ? string.Empty : hasPath || uri.PathAndQuery.Length > 1 ? uri.PathAndQuery : "/mqtt";
        var (username, password) = Credentials(uri.UserInfo);
        url = new BrokerUrl(uri.Scheme, uri.IdnHost.Trim('[', ']'), uri.Port > 0 ? uri.Port : port, path, username, password);
        reason = null;
        return true;
    }

    /// <summary>Reads a URL.</summary>
    /// <exception cref="FormatException">It is none; the message says what is expected.</exception>
    public static BrokerUrl Parse(string text) =>
        TryParse(text, out var url, out var reason) ? url : throw new FormatException($"Not the URL of a broker: {reason}.");

    /// <summary>The URL without its password.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        var user = Username is null ? string.Empty : Uri.EscapeDataString(Username) + "@";
        return $"{Scheme}://{user}{host}:{Port}{Path}";
    }

    private static (string? Username, string? Password) Credentials(string userInfo)
    {
        if (userInfo.Length == 0)
        {
            return (null, null);
        }

        var colon = userInfo.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? (Uri.UnescapeDataString(userInfo), null)
            : (Uri.UnescapeDataString(userInfo[..colon]), Uri.UnescapeDataString(userInfo[(colon + 1)..]));
    }
}
