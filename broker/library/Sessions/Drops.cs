namespace IotMqtt.Broker.Sessions;

/// <summary>Counts the messages that were dropped, and says so: at most once a second for each client.</summary>
internal sealed partial class Drops(Clock clock, ILogger<Drops> logger)
{
    private const long Interval = 1_000;

    private long _total;

    /// <summary>Of all sessions.</summary>
    public long Total => Interlocked.Read(ref _total);

    public void OnDropped(BrokerSession session, string topic)
    {
        Interlocked.Increment(ref _total);
        var dropped = session.Dropped;
        lock (dropped)
        {
            dropped.Total++;
            dropped.Unsaid++;
            dropped.LastTopic = topic;
        }

        SayDue(session);
    }

    /// <summary>Says what was dropped since it was last said, if it is time.</summary>
    public void SayDue(BrokerSession session)
    {
        var dropped = session.Dropped;
        lock (dropped)
        {
            var now = clock.Now;
            if (dropped.Unsaid > 0 && (dropped.SaidAt == long.MinValue || now - dropped.SaidAt >= Interval))
            {
                LogDropped(dropped.Unsaid, session.ClientId, dropped.Total, session.Outbox.Count, session.Outbox.Bytes / 1024, dropped.LastTopic!);
                (dropped.Unsaid, dropped.SaidAt) = (0, now);
            }
        }
    }

    [LoggerMessage(1106, LogLevel.Warning, "{Count} messages for {Client} were dropped ({Total} in all): {Waiting} with {KiB} KiB wait for it, or it takes none so large; the last is on {Topic}")]
    private partial void LogDropped(long count, string client, long total, int waiting, long kiB, string topic);
}
