namespace IotMqtt.Broker.Peers;

/// <summary>How many connections may be open at a time.</summary>
/// <param name="Peers">Connections that are or may become those of MQTT clients.</param>
/// <param name="Guests">HTTP connections on top that are no WebSocket: health checks.</param>
/// <param name="FileLimit">The files that the process may open, where that is what bounds <paramref name="Peers"/>.</param>
internal sealed record RoomPlan(int Peers, int Guests, long? FileLimit = null)
{
    /// <summary>
    /// Files for what is no connection of a peer: assemblies that are loaded late, certificates, passwords, log files. The runtime does not
    /// survive some of its own failing to open.
    /// </summary>
    public const int Reserve = 64;

    /// <summary>Connections without a CONNECT on top of <see cref="BrokerOptions.MaxConnections"/>: one more client must be there to be told "server busy".</summary>
    public const int Strangers = 1_024;

    private const int MaxGuests = 256;
    private const int Least = 8;

    /// <summary>The limit of open files with which there would be room for so many peers.</summary>
    public long FilesFor(int peers) => (FileLimit ?? 0) - Peers + peers;

    /// <returns><see langword="null"/> if the process may open too few files for any of it.</returns>
    public static RoomPlan? Make(int maxConnections, bool hasHttp, (long Limit, int Open)? files)
    {
        var wanted = (long)maxConnections + Strangers;
        var room = files is { } known ? known.Limit - known.Open - Reserve : long.MaxValue;
        if (room < Least)
        {
            return null;
        }

        var guests = hasHttp ? (int)Math.Min(MaxGuests, room / 8) : 0;
        return room - guests < wanted ? new RoomPlan((int)(room - guests), guests, files!.Value.Limit) : new RoomPlan((int)Math.Min(wanted, int.MaxValue), guests);
    }
}
