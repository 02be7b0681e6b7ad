using IotMqtt.Broker.Routing;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

internal sealed partial class Connection
{
    /// <summary>Answers that may wait for a client that does not read, before nothing more is read from it.</summary>
    private const int MaxOwed = 1_024;

    private readonly Outbox _outbox = new();
    private readonly Debt _debt = new(MaxOwed);
    private long _droppedCount;

    /// <summary>Messages taken out of the session's queue that wait for the client to acknowledge others.</summary>
    public int Held => _outbox.Held;

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        switch (packet)
        {
            case MqttDisconnectPacket disconnect:
                // MQTTnet takes a session over under a lock of all connections: a peer that does not read must not hold that up.
                Close(disconnect.ReasonCode);
                return Task.CompletedTask;
            case MqttConnAckPacket connAck:
                return AcceptAsync(connAck, cancellationToken);
            case MqttPublishPacket publish:
                return PublishAsync(publish, cancellationToken);
            case MqttPubRecPacket { ReasonCode: >= MqttPubRecReasonCode.UnspecifiedError } refusal:
                Session?.Unreleased.Remove(refusal.PacketIdentifier);
                break;
            default:
                break;
        }

        _debt.Repay();
        return WriteAsync(packet, cancellationToken);
    }

    /// <summary>A message for this client was dropped because too many wait.</summary>
    public void OnDropped(string topic)
    {
        var count = Interlocked.Increment(ref _droppedCount);
        if ((count & (count - 1)) == 0)
        {
            LogDropped(_client!.Id, count, topic);
        }
    }

    private async Task WriteAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        await _writer.EnterAsync(cancellationToken);
        try
        {
            _writer.TryWrite(_reader.Version, packet);
            await _writer.FlushAsync(cancellationToken);
        }
        finally
        {
            _writer.Leave();
        }
    }

    private async Task PublishAsync(MqttPublishPacket publish, CancellationToken cancellationToken)
    {
        await _writer.EnterAsync(cancellationToken);
        try
        {
            if (_outbox.TryPass(publish))
            {
                Write(publish);
                await _writer.FlushAsync(cancellationToken);
            }
        }
        finally
        {
            _writer.Leave();
        }
    }

    private async Task SendHeldAsync()
    {
        await _writer.EnterAsync(CancellationToken.None);
        try
        {
            while (!IsClosing && _outbox.TryTake(out var publish))
            {
                Write(publish);
                await _writer.FlushAsync(CancellationToken.None);
            }
        }
        finally
        {
            _writer.Leave();
        }
    }

    private void Write(MqttPublishPacket publish)
    {
        if (publish.SubscriptionIdentifiers is Delivery { Deadline: { } deadline })
        {
            var left = deadline - _around.Clock.Now;
            if (left <= 0)
            {
                Drop(publish);
                return;
            }

            publish.MessageExpiryInterval = (uint)((left + 999) / 1000);
        }

        if (!_writer.TryWrite(_reader.Version, publish, _client!.MaxPacketSize))
        {
            // It must not be sent, and counts as sent (MQTT 5, section 3.1.2.11.4).
            Drop(publish);
        }
    }

    private void Drop(MqttPublishPacket publish)
    {
        if (publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce)
        {
            _outbox.Acknowledge(publish.PacketIdentifier);
            _dropped.Enqueue(publish.PacketIdentifier);
            _reader.Interrupt();
        }
    }

    private async Task AcceptAsync(MqttConnAckPacket connAck, CancellationToken cancellationToken)
    {
        connAck.AssignedClientIdentifier = _client is { IsIdAssigned: true } ? _client.Id : null;
        connAck.MaximumPacketSize = (uint)_around.Options.MaxPacketSize;
        connAck.TopicAliasMaximum = TopicAliases.Maximum;
        connAck.SharedSubscriptionAvailable = true;
        if (connAck.ReasonCode == MqttConnectReasonCode.Success)
        {
            connAck.SessionExpiryInterval = _client is { IsExpiryCapped: true } ? (uint)_client.SessionExpiry.TotalSeconds : 0;
            Session = await _around.Sessions.AttachAsync(this, _client!.Id, connAck.IsSessionPresent);
            _peer.Admitted();
            LogConnected(_client.Id, RemoteEndPoint, connAck.IsSessionPresent);
        }

        LeaveGate();
        await WriteAsync(connAck, cancellationToken);
    }
}
