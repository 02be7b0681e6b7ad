using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

/// <summary>
/// Flow control towards one client (MQTT 5, section 4.9): at most a window of unacknowledged QoS 1 and 2 messages is on its way;
/// the rest waits here in order. Whoever passes or takes a message has the turn of the frame writer, so that order is kept.
/// </summary>
internal sealed class Outbox
{
    private readonly Lock _lock = new();
    private Queue<MqttPublishPacket>? _waiting;
    private HashSet<ushort>? _inFlight;
    private int _holds;

    /// <summary>The window: the least of the broker's bound and the client's Receive Maximum.</summary>
    public int Window { get; set; } = ushort.MaxValue;

    /// <summary>How many messages wait.</summary>
    public int Held
    {
        get
        {
            lock (_lock)
            {
                return _waiting?.Count ?? 0;
            }
        }
    }

    /// <summary>Lets nothing pass until <see cref="Release"/>.</summary>
    public void Hold() => Change(+1);

    public void Release() => Change(-1);

    /// <returns>Whether the message may be written now; otherwise it waits here.</returns>
    public bool TryPass(MqttPublishPacket packet)
    {
        lock (_lock)
        {
            if (_waiting is not { Count: > 0 } && TryNote(packet))
            {
                return true;
            }

            (_waiting ??= new Queue<MqttPublishPacket>()).Enqueue(packet);
            return false;
        }
    }

    /// <returns>Whether a message that waited may be written now.</returns>
    public bool TryTake(out MqttPublishPacket packet)
    {
        lock (_lock)
        {
            packet = null!;
            return _waiting is not null && _waiting.TryPeek(out packet!) && TryNote(packet) && _waiting.TryDequeue(out _);
        }
    }

    /// <returns>Whether that message was on its way.</returns>
    public bool Acknowledge(ushort packetIdentifier)
    {
        lock (_lock)
        {
            return _inFlight is not null && _inFlight.Remove(packetIdentifier);
        }
    }

    private bool TryNote(MqttPublishPacket packet)
    {
        if (_holds > 0)
        {
            return false;
        }

        if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
        {
            return true;
        }

        if (_inFlight?.Count >= Window)
        {
            return false;
        }

        (_inFlight ??= []).Add(packet.PacketIdentifier);
        return true;
    }

    private void Change(int by)
    {
        lock (_lock)
        {
            _holds += by;
        }
    }
}
