namespace IotMqtt.Broker.Routing;

/// <summary>What came of routing a message.</summary>
internal enum RouteOutcome
{
    /// <summary>At least one session is subscribed.</summary>
    Delivered,

    /// <summary>Nobody is subscribed.</summary>
    NoSubscribers,

    /// <summary>The retained store is full: the message was refused.</summary>
    QuotaExceeded,

    /// <summary>The topic is the broker's own: nothing was sent.</summary>
    NotAllowed,
}
