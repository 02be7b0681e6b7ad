using IotMqtt.Broker.Delivery;
using IotMqtt.Broker.Wire;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

/// <summary>
/// One turn at a time writes: answers first, then what the session's outbox gives out. Whoever adds something calls <see cref="Pump"/>,
/// and if nobody writes, writes himself: nothing waits for a thread while the client reads.
/// </summary>
internal sealed partial class Connection
{
    /// <summary>Answers that may wait for a client that does not read, before nothing more is read from it.</summary>
    private const int MaxOwed = 1_024;

    /// <summary>Bytes that are handed to the socket at a time, of one large message or of many small ones.</summary>
    private const int Portion = 32 * 1024;

    /// <summary>Packets after which whoever came to write lets the thread pool go on: he has other things to do.</summary>
    private const int Turn = 64;

    private const int Idle = 0;
    private const int Writing = 1;
    private const int AskedAgain = 2;

    private readonly Answers _answers = new(MaxOwed);
    private int _pumpState;
    private bool _isCutOff;

    /// <summary>Something may be there to be written.</summary>
    public void Pump()
    {
        if (Interlocked.Exchange(ref _pumpState, AskedAgain) == Idle)
        {
            _ = RunPumpAsync();
        }
    }

    /// <summary>What MQTTnet sends: CONNACK, and DISCONNECT at a takeover.</summary>
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
            default:
                throw new InvalidOperationException($"a {packet.GetType().Name} is none of MQTTnet's here");
        }
    }

    private void Answer(MqttPacket packet) => _answers.Add(packet);

    private async Task RunPumpAsync()
    {
        try
        {
            do
            {
                Interlocked.Exchange(ref _pumpState, Writing);
                await DrainAsync();
            }
            while (Interlocked.CompareExchange(ref _pumpState, Idle, Writing) != Writing);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            LogLost(_client?.Id ?? "a peer", exception.Message);
            Close(MqttDisconnectReasonCode.UnspecifiedError);
        }
        catch (Exception exception)
        {
            LogSendingFailed(_client?.Id ?? "a peer", exception);
            Close(MqttDisconnectReasonCode.UnspecifiedError);
        }
    }

    private async ValueTask DrainAsync()
    {
        await _writer.EnterAsync(CancellationToken.None);
        try
        {
            for (var written = 1; !IsClosing && await WriteNextAsync(); written++)
            {
                if (_writer.Unflushed >= Portion)
                {
                    await _writer.FlushAsync(CancellationToken.None);
                }

                if (written % Turn == 0)
                {
                    await Task.Yield();
                }
            }

            if (_writer.Unflushed > 0)
            {
                await _writer.FlushAsync(CancellationToken.None);
            }
        }
        finally
        {
            _writer.Leave();
        }
    }

    /// <returns>Whether there was something to write.</returns>
    private ValueTask<bool> WriteNextAsync()
    {
        if (_answers.TryTake(out var answer))
        {
            WriteOrEnd(answer);
            return ValueTask.FromResult(true);
        }

        return Session is { } session && session.Outbox.TryTake(this, _around.Clock.Now, out var sending)
            ? WriteAsync(session, sending)
            : ValueTask.FromResult(false);
    }

    private ValueTask<bool> WriteAsync(Sessions.BrokerSession session, Sending sending)
    {
        if (sending.IsRelease)
        {
            WriteOrEnd(new MqttPubRelPacket { PacketIdentifier = sending.Message.PacketIdentifier });
            return ValueTask.FromResult(true);
        }

        var message = sending.Message;
        var encoder = new PublishEncoder(_reader.Version, message, SecondsLeft(message.Shared.Deadline));
        if (encoder.Size > _client!.MaxPacketSize)
        {
            // It must not be sent, and counts as sent (MQTT 5, section 3.1.2.11.4).
            session.Outbox.Forget(message);
            session.OnDropped(message.Shared.Message.Topic);
            return ValueTask.FromResult(true);
        }

        var payload = message.Shared.Message.Payload;
        _writer.WriteHead(encoder, sending.IsAgain);
        if (payload.Length > Portion)
        {
            return WriteInPortionsAsync(payload);
        }

        _writer.Write(payload);
        return ValueTask.FromResult(true);
    }

    /// <summary>Of what a slow client has been sent, no more lies about than a portion.</summary>
    private async ValueTask<bool> WriteInPortionsAsync(System.Buffers.ReadOnlySequence<byte> payload)
    {
        // Whatever ends this half-way ends the connection without another word: it would be taken for payload.
        _isCutOff = true;
        while (payload.Length > 0)
        {
            if (IsClosing)
            {
                return false;
            }

            var portion = payload.Slice(0, Math.Min(Portion, payload.Length));
            _writer.Write(portion);
            await _writer.FlushAsync(CancellationToken.None);
            payload = payload.Slice(portion.End);
        }

        _isCutOff = false;
        return true;
    }

    /// <summary>Without it the client would wait for ever: one that cannot be told ends.</summary>
    private void WriteOrEnd(MqttPacket packet)
    {
        if (!_writer.TryWrite(_reader.Version, packet, _client?.MaxPacketSize ?? long.MaxValue))
        {
            LogViolation(_client!.Id, RemoteEndPoint, $"it takes no {packet.GetType().Name}, packets of {_client.MaxPacketSize} bytes at most");
            Close(MqttDisconnectReasonCode.PacketTooLarge);
        }
    }

    private uint? SecondsLeft(long? deadline) =>
        deadline is { } at ? (uint)Math.Max(1, (at - _around.Clock.Now + 999) / 1000) : null;

    private async Task WriteAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        await _writer.EnterAsync(cancellationToken);
        try
        {
            WriteOrEnd(packet);
            await _writer.FlushAsync(cancellationToken);
        }
        finally
        {
            _writer.Leave();
        }
    }

    private async Task AcceptAsync(MqttConnAckPacket connAck, CancellationToken cancellationToken)
    {
        connAck.AssignedClientIdentifier = _client is { IsIdAssigned: true } ? _client.Id : null;
        connAck.MaximumPacketSize = (uint)_around.Options.MaxPacketSize;
        connAck.TopicAliasMaximum = TopicAliases.Maximum;
        connAck.ReceiveMaximum = (ushort)_around.Options.MaxInFlight;
        connAck.SharedSubscriptionAvailable = true;
        if (connAck.ReasonCode == MqttConnectReasonCode.Success)
        {
            connAck.SessionExpiryInterval = _client is { IsExpiryCapped: true } ? (uint)_client.SessionExpiry.TotalSeconds : 0;
            Session = await _around.Sessions.AttachAsync(this, _client!.Id, Math.Min(_client.ReceiveMaximum, _around.Options.MaxInFlight), connAck.IsSessionPresent);
            _peer.Admitted();
            LogConnected(_client.Id, RemoteEndPoint, connAck.IsSessionPresent);
        }

        LeaveGate();
        if (RefusalDelay > TimeSpan.Zero)
        {
            await Task.Delay(RefusalDelay, _around.Clock.Time, cancellationToken);
        }

        await WriteAsync(connAck, cancellationToken);
        if (Session is not null)
        {
            _isAccepted = !IsClosing;
            Session.Outbox.Release(this);
            Pump();
        }
    }
}
