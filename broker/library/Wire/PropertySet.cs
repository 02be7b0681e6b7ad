namespace IotMqtt.Broker.Wire;

/// <summary>A set of properties: those that a packet may have, or those that it has.</summary>
internal readonly record struct PropertySet(ulong Bits)
{
    public static readonly PropertySet Connect = Of(
        PropertyId.SessionExpiryInterval, PropertyId.ReceiveMaximum, PropertyId.MaximumPacketSize, PropertyId.TopicAliasMaximum,
        PropertyId.RequestResponseInformation, PropertyId.RequestProblemInformation, PropertyId.UserProperty,
        PropertyId.AuthenticationMethod, PropertyId.AuthenticationData);

    public static readonly PropertySet Will = Of(
        PropertyId.WillDelayInterval, PropertyId.PayloadFormatIndicator, PropertyId.MessageExpiryInterval, PropertyId.ContentType,
        PropertyId.ResponseTopic, PropertyId.CorrelationData, PropertyId.UserProperty);

    public static readonly PropertySet Publish = Of(
        PropertyId.PayloadFormatIndicator, PropertyId.MessageExpiryInterval, PropertyId.TopicAlias, PropertyId.ResponseTopic,
        PropertyId.CorrelationData, PropertyId.UserProperty, PropertyId.ContentType);

    public static readonly PropertySet Acknowledgement = Of(PropertyId.ReasonString, PropertyId.UserProperty);

    public static readonly PropertySet Subscribe = Of(PropertyId.SubscriptionIdentifier, PropertyId.UserProperty);

    public static readonly PropertySet Unsubscribe = Of(PropertyId.UserProperty);

    public static readonly PropertySet Disconnect = Of(PropertyId.SessionExpiryInterval, PropertyId.ReasonString, PropertyId.UserProperty);

    public bool Has(PropertyId id) => (int)id is >= 0 and < 64 && (Bits & (1UL << (int)id)) != 0;

    public PropertySet With(PropertyId id) => new(Bits | (1UL << (int)id));

    private static PropertySet Of(params ReadOnlySpan<PropertyId> ids)
    {
        var set = default(PropertySet);
        foreach (var id in ids)
        {
            set = set.With(id);
        }

        return set;
    }
}
