using System.Net;
using IotMqtt.Broker.Connections;
using IotMqtt.Broker.Delivery;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotMqtt.Broker.Sessions;

/// <summary>One MQTT session (section 4.1): what its client is subscribed to and what it is still to get. MQTTnet keeps which ones there are.</summary>
internal sealed class BrokerSession(string clientId, BrokerOptions options, Drops drops)
{
    /// <summary>Where MQTTnet keeps this object: in the items of its session.</summary>
    public static readonly object Key = new();

    private volatile Connection? _connection;
    private MqttSessionStatus? _status;

    public string ClientId { get; } = clientId;

    /// <summary>The user name of the client that has or had it.</summary>
    public string? User { get; private set; }

    /// <summary>Whether anybody could have made it: its client has no name that is proven.</summary>
    public bool IsStranger { get; set; }

    /// <summary>The address from which its client came last.</summary>
    public IPAddress? Address { get; private set; }

    /// <summary>The connection that has this session now, if any.</summary>
    public Connection? Connection => _connection;

    public bool IsConnected => _connection is not null;

    /// <summary>The filters subscribed to. Owned by the subscription table.</summary>
    public HashSet<string> Filters { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the session is no more. Owned by the subscription table.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The search that met this session last, and where it was put. Owned by the subscription table.</summary>
    public long LastSearch { get; set; }

    /// <inheritdoc cref="LastSearch"/>
    public int LastMatch { get; set; }

    public UnreleasedMessages Unreleased { get; } = new();

    public Outbox Outbox { get; } = new(options.MaxQueuedMessages, options.MaxQueuedBytes);

    /// <summary>When a session whose client is away ends, in milliseconds of the broker's clock. Owned by the registry.</summary>
    public long? EndsAt { get; set; }

    /// <summary>Since when its client is away. Owned by the registry.</summary>
    public long AwaySince { get; set; }

    /// <summary>What of it was dropped, and not said yet. Owned by the drops.</summary>
    public DropCount Dropped { get; } = new();

    public void Attach(Connection connection, MqttSessionStatus status, int quota)
    {
        (_status, _connection, User) = (status, connection, connection.Client?.Username);
        Address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        Outbox.Attach(connection, quota);
    }

    /// <returns>Whether that connection had the session.</returns>
    public bool Detach(Connection connection)
    {
        Outbox.Detach(connection);
        return Interlocked.CompareExchange(ref _connection, null, connection) == connection;
    }

    public Task DeleteAsync() => _status?.DeleteAsync() ?? Task.CompletedTask;

    /// <summary>Puts a message into the outbox; drops it where that is full, or for a client that is away and asked for no guarantee.</summary>
    /// <param name="shared">The message.</param>
    /// <param name="qos">As granted.</param>
    /// <param name="retain">The RETAIN flag.</param>
    /// <param name="identifiers">The identifiers of the subscriptions.</param>
    /// <param name="now">Milliseconds of the broker's clock.</param>
    /// <param name="anyway">Also where the outbox is full: whoever calls has a bound of his own.</param>
    public void Deliver(SharedMessage shared, MqttQualityOfServiceLevel qos, bool retain, IReadOnlyList<uint>? identifiers, long now, bool anyway = false)
    {
        var connection = _connection;
        if (connection is null && qos == MqttQualityOfServiceLevel.AtMostOnce)
        {
            return;
        }

        if (Outbox.TryAdd(new OutgoingMessage(shared, qos, retain, identifiers), now, anyway))
        {
            connection?.Pump();
        }
        else
        {
            OnDropped(shared.Message.Topic);
        }
    }

    /// <summary>A message for this client was dropped: there is no room, or it is larger than the client takes.</summary>
    public void OnDropped(string topic) => drops.OnDropped(this, topic);
}
