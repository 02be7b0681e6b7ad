namespace IotMqtt.Devices.Fleet.Links;

/// <summary>How a device leaves when its worker stops.</summary>
internal enum Leave
{
    /// <summary>It had no connection: a fault held it, or the broker was away.</summary>
    WasAway,

    /// <summary>The broker has taken that it is offline, and its will is discarded.</summary>
    Goodbye,

    /// <summary>Its connection ended without a goodbye; that it is offline is said by its will.</summary>
    ByWill,
}
