using System.Collections.Immutable;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Devices.Fleet.Links;

/// <summary>Between a device's own messages and those of MQTT.</summary>
internal static class OwnTopics
{
    /// <summary>What to subscribe to: a filter that another one covers is left out, so that no broker delivers a message twice.</summary>
    public static IEnumerable<Subscription> Subscriptions(IReadOnlyCollection<OwnSubscription> wanted)
    {
        // Several entries may have one topic.
        wanted = [.. wanted.Distinct()];
        foreach (var one in wanted)
        {
            if (wanted.Any(other => other != one && Covers(other.Filter, one.Filter) && (!Covers(one.Filter, other.Filter) || Precedes(wanted, other, one))))
            {
                continue;
            }

            var covered = wanted.Where(other => Covers(one.Filter, other.Filter)).ToArray();
            yield return new Subscription(one.Filter)
            {
                QualityOfService = (QualityOfService)covered.Max(other => other.QualityOfService),
                WithRetained = covered.Any(other => other.WithRetained),
            };
        }
    }

    /// <summary>A message that came, as the device sees it. A Response Topic that would make it command others is left out.</summary>
    public static OwnMessage From(IncomingMessage message, Topics topics) => new()
    {
        Topic = message.Topic,
        Payload = message.Payload,
        QualityOfService = (int)message.QualityOfService,
        Retain = message.Retained,
        ResponseTopic = topics.IsResponseTopic(message.ResponseTopic) ? message.ResponseTopic : null,
        CorrelationData = message.CorrelationData,
        ContentType = message.ContentType,
        UserProperties = message.UserProperties.Count == 0
            ? []
            : [.. message.UserProperties.Select(property => KeyValuePair.Create(property.Name, System.Text.Encoding.UTF8.GetString(property.Value.Span)))],
    };

    /// <summary>A message that the device sends.</summary>
    public static OutgoingMessage To(in OwnMessage message) => new()
    {
        Topic = message.Topic,
        Payload = message.Payload,
        QualityOfService = (QualityOfService)message.QualityOfService,
        Retain = message.Retain,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData,
        ContentType = message.ContentType,
        UserProperties = message.UserProperties.IsEmpty ? null : Properties(message.UserProperties),
        ExpirySeconds = message.Expiry is { } expiry ? (uint)Math.Ceiling(expiry.TotalSeconds) : 0,
    };

    private static UserProperty[] Properties(ImmutableArray<KeyValuePair<string, string>> properties) =>
        [.. properties.Select(property => new UserProperty(property.Key, System.Text.Encoding.UTF8.GetBytes(property.Value)))];

    private static bool Covers(string wide, string narrow) =>
        TopicGrammar.Fits(wide, narrow) && (!narrow.EndsWith('#') || wide.EndsWith('#'));

    private static bool Precedes(IReadOnlyCollection<OwnSubscription> all, OwnSubscription one, OwnSubscription other)
    {
        foreach (var known in all)
        {
            if (ReferenceEquals(known, one) || ReferenceEquals(known, other))
            {
                return ReferenceEquals(known, one);
            }
        }

        return false;
    }
}
