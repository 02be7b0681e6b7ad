namespace IotMqtt.Broker.Subscriptions;

/// <summary>What came of adding a subscription.</summary>
internal enum SubscribeOutcome
{
    Added,
    Replaced,
    TooMany,
    SessionGone,
}
