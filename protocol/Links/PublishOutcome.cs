namespace IotMqtt.Protocol.Links;

/// <summary>What became of a publish.</summary>
internal enum PublishOutcome
{
    /// <summary>The broker has taken it (PUBACK 0); or, at most once: it was written to the connection.</summary>
    Taken,

    /// <summary>The broker has taken it and nobody is subscribed (PUBACK 16). A broker need not say so.</summary>
    NoSubscribers,

    /// <summary>The broker has refused it (PUBACK 128 and above).</summary>
    Refused,

    /// <summary>It never left: no connection, no room in the queue, too large for the broker, or withdrawn.</summary>
    NotSent,

    /// <summary>The connection broke before the broker answered: it may or may not have arrived.</summary>
    Lost,
}
