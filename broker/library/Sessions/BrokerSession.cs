using IotMqtt.Broker.Connections;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IotMqtt.Broker.Sessions;

/// <summary>What the broker knows of one MQTT session beside MQTTnet's queue of it.</summary>
internal sealed class BrokerSession(string clientId, int maxQueued)
{
    /// <summary>Where MQTTnet keeps this object: in the items of its session.</summary>
    public static readonly object Key = new();

    private volatile Connection? _connection;
    private MqttSessionStatus? _queue;

    public string ClientId { get; } = clientId;

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

    /// <summary>Whether fewer messages wait than may.</summary>
    public bool HasRoom => _queue is not null && (_connection?.Held ?? 0) + _queue.PendingApplicationMessagesCount < maxQueued;

    /// <summary>When a session whose client is away ends, in milliseconds of the broker's clock. Owned by the registry.</summary>
    public long? EndsAt { get; set; }

    public void Attach(Connection connection, MqttSessionStatus queue) => (_queue, _connection) = (queue, connection);

    /// <returns>Whether that connection had the session.</returns>
    public bool Detach(Connection connection) => Interlocked.CompareExchange(ref _connection, null, connection) == connection;

    public Task DeleteAsync() => _queue?.DeleteAsync() ?? Task.CompletedTask;

    /// <summary>Queues a message; drops it where the queue is full, or for a client that is away and asked for no guarantee.</summary>
    public void Enqueue(MqttApplicationMessage message)
    {
        if (HasRoom)
        {
            EnqueueAnyway(message);
        }
        else
        {
            _connection?.OnDropped(message.Topic);
        }
    }

    /// <summary>Queues a message however many wait: whoever calls has a bound of his own.</summary>
    public void EnqueueAnyway(MqttApplicationMessage message)
    {
        if (_queue is not null && (_connection is not null || message.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce))
        {
            _queue.TryEnqueueApplicationMessage(message, out _);
        }
    }
}
