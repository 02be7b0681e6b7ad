using System.Net;
using System.Net.Sockets;

namespace IotMqtt.Broker.Access;

/// <summary>
/// Keeps peers from guessing passwords and from connecting without end. Wrong passwords of one address, or for one client id, are answered later
/// and later; after too many, whoever comes from that address is refused unheard until a minute is over. A client id by itself locks
/// nobody out: others could do that to it.
/// </summary>
internal sealed partial class LoginGuard(BrokerOptions options, Clock clock, ILogger<LoginGuard> logger)
{
    /// <summary>Connects of one client id in a minute: twenty a second are no device, but one that fights for its id.</summary>
    public const int MaxConnects = 1_200;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    private readonly Tally _byAddress = new(clock);
    private readonly Tally _byClient = new(clock);
    private readonly Tally _connects = new(clock);

    /// <summary>Whether that address has used up its guesses.</summary>
    public bool IsBlocked(EndPoint? remote) =>
        options.MaxFailedLogins > 0 && Key(remote) is { } address && _byAddress.Of(address) >= options.MaxFailedLogins;

    /// <summary>A user name or a password was wrong.</summary>
    /// <returns>How long to wait with the answer.</returns>
    public TimeSpan OnFailed(EndPoint? remote, string clientId, string? user)
    {
        LogFailed(remote, clientId, user);
        if (options.MaxFailedLogins == 0)
        {
            return TimeSpan.Zero;
        }

        var address = Key(remote) ?? "";
        var count = Math.Max(_byAddress.Add(address), _byClient.Add(clientId));
        if (_byAddress.Of(address) >= options.MaxFailedLogins && _byAddress.IsNews(address))
        {
            LogBlocked(address, options.MaxFailedLogins);
        }

        var delay = Step * (count - 1);
        return delay < MaxDelay ? delay : MaxDelay;
    }

    /// <summary>A client that may connect does.</summary>
    /// <returns>Whether it does so too often.</returns>
    public bool IsFlapping(string clientId)
    {
        if (_connects.Add(clientId) <= MaxConnects)
        {
            return false;
        }

        if (_connects.IsNews(clientId))
        {
            LogFlapping(clientId, MaxConnects);
        }

        return true;
    }

    /// <summary>An address; of IPv6 the network, since one peer has all of it.</summary>
    private static string? Key(EndPoint? remote) => remote switch
    {
        IPEndPoint { Address: { IsIPv4MappedToIPv6: true } mapped } => mapped.MapToIPv4().ToString(),
        IPEndPoint { AddressFamily: AddressFamily.InterNetworkV6 } v6 => Convert.ToHexString(v6.Address.GetAddressBytes().AsSpan(0, 8)),
        IPEndPoint v4 => v4.Address.ToString(),
        _ => null,
    };

    [LoggerMessage(1203, LogLevel.Information, "{Remote} ({Client}) gave a wrong user name or password; the name was {User}")]
    private partial void LogFailed(EndPoint? remote, string client, string? user);

    [LoggerMessage(1204, LogLevel.Warning, "{Address} gave {Count} wrong user names or passwords within a minute; it is refused unheard until that is over")]
    private partial void LogBlocked(string address, int count);

    [LoggerMessage(1205, LogLevel.Warning, "{Client} connected more than {Count} times within a minute; it is refused until that is over")]
    private partial void LogFlapping(string client, int count);
}
