namespace IotMqtt.Protocol.Links;

/// <summary>What the broker said to a subscription.</summary>
/// <param name="IsGranted">Whether it is in place, now and after every reconnect.</param>
/// <param name="ReasonCode">The reason code of the SUBACK (MQTT 5, section 3.9.3); 0 where there was none.</param>
/// <param name="Failure">Why not, for people; null if granted.</param>
internal readonly record struct SubscribeResult(bool IsGranted, byte ReasonCode, string? Failure);
