namespace IotMqtt.Protocol.Links;

/// <summary>Where a link is in its life.</summary>
internal enum LinkState
{
    /// <summary>Made, and not connected yet.</summary>
    Created,

    /// <summary>Connecting for the first time.</summary>
    Connecting,

    /// <summary>Connected, and subscribed to all that was asked for.</summary>
    Connected,

    /// <summary>The connection broke (or, after <see cref="MqttLink.Start"/>, has not come about yet); the link connects again by itself.</summary>
    Reconnecting,

    /// <summary>For good: another client has the client id. There is no fight for it.</summary>
    TakenOver,

    /// <summary>For good: the broker refuses in a way that trying again does not mend.</summary>
    Failed,

    /// <summary>For good: closed by its owner.</summary>
    Closed,
}
