using System.Globalization;
using System.Reflection;
using System.Text;
using IotMqtt.Broker.Connections;
using IotMqtt.Broker.Delivery;
using IotMqtt.Broker.Routing;
using IotMqtt.Broker.Sessions;
using IotMqtt.Broker.Subscriptions;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotMqtt.Broker;

/// <summary>
/// What the broker says of itself on <c>$SYS/broker/…</c>, retained, by the names that Mosquitto gave these topics: health checks and
/// dashboards of others know them. Subscriptions that begin with a wildcard do not see them (MQTT 5, section 4.7.2).
/// </summary>
internal sealed class SystemTopics(Router router, ConnectionSet connections, SessionRegistry sessions, SubscriptionTable table, Drops drops, MemoryBudget budget, Clock clock)
{
    /// <summary>Where all of it stands, and where no client may publish.</summary>
    public const string Prefix = "$SYS/";

    /// <summary>How often it is said anew.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private static readonly string Version = typeof(SystemTopics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
    private readonly long _startedAt = clock.Now;
    private long _due = long.MinValue;
    private int _mostClients;

    /// <summary>Says what has changed, when it is time.</summary>
    public void SayDue()
    {
        var now = clock.Now;
        if (now < _due)
        {
            return;
        }

        _due = now + (long)Interval.TotalMilliseconds;
        var connected = connections.Open.Count(connection => connection.Session is not null);
        var total = Math.Max(sessions.Count, connected);
        _mostClients = Math.Max(_mostClients, connected);
        var (retained, bytes) = router.Retained;
        Say("version", $"IotMqtt version {Version}");
        Say("uptime", $"{(now - _startedAt) / 1000} seconds");
        Say("clients/connected", connected);
        Say("clients/disconnected", total - connected);
        Say("clients/total", total);
        Say("clients/maximum", _mostClients);
        Say("messages/received", router.Received);
        Say("messages/sent", router.Sent);
        Say("publish/messages/received", router.Received);
        Say("publish/messages/sent", router.Sent);
        Say("publish/messages/dropped", drops.Total);
        Say("publish/bytes/received", router.ReceivedBytes);
        Say("subscriptions/count", table.Count);
        Say("retained messages/count", retained);
        Say("store/messages/count", retained);
        Say("store/messages/bytes", bytes);
        Say("store/queued/bytes", budget.Used);
    }

    private void Say(string name, long value) => Say(name, value.ToString(CultureInfo.InvariantCulture));

    private void Say(string name, string value)
    {
        if (_said.GetValueOrDefault(name) == value)
        {
            return;
        }

        _said[name] = value;
        router.RouteSystem(new MqttApplicationMessage
        {
            Topic = $"{Prefix}broker/{name}",
            PayloadSegment = Encoding.UTF8.GetBytes(value),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce,
            Retain = true,
        });
    }
}
