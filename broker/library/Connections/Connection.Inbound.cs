using IotMqtt.Broker.Wire;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

internal sealed partial class Connection
{
    private readonly TopicAliases _aliases = new();
    private CancellationTokenRegistration _interruption;
    private bool _isGoodbye;
    private TimeSpan _sessionExpiry;
    private long _lastReceived;

    /// <summary>
    /// MQTTnet gets the CONNECT, and then the end: DISCONNECT, or nothing where the connection just ended. What comes in between is
    /// served here.
    /// </summary>
    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        if (_client is null)
        {
            return await ReceiveConnectAsync();
        }

        // MQTTnet cancels when another connection takes the session over.
        _interruption = cancellationToken.UnsafeRegister(
            static connection => ((Connection)connection!).Close(MqttDisconnectReasonCode.SessionTakenOver), this);
        var last = await ServeAsync();

        // MQTTnet cancels at the end too, and ends session and connection in steps: nobody may take them over in between.
        _interruption.Unregister();
        _gate ??= await _around.Gates.EnterAsync(_client.Id, CancellationToken.None);
        return last;
    }

    private async Task<MqttPacket?> ReceiveConnectAsync()
    {
        Inbound inbound;
        try
        {
            inbound = await _reader.ReadAsync();
            if (inbound.Violation is { } violation)
            {
                await RefuseConnectAsync(violation);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            LogLost("a peer without a CONNECT", exception.Message);
            return null;
        }

        if (inbound.Packet is not MqttConnectPacket connect)
        {
            return null;
        }

        if (WillRules.Check(connect) is { } wrong)
        {
            await RefuseConnectAsync(wrong);
            return null;
        }

        var client = Client.From(connect, _reader.Version, _around.Options.MaxSessionExpiry);
        _lastReceived = _around.Clock.Now;
        _gate = await _around.Gates.EnterAsync(client.Id, CancellationToken.None);
        (_client, _sessionExpiry) = (client, client.SessionExpiry);
        ForMqttNet(connect, client);
        return connect;
    }

    /// <summary>What the broker does itself, MQTTnet need not know: wills, keep-alive, expiry of sessions.</summary>
    private static void ForMqttNet(MqttConnectPacket connect, Client client)
    {
        connect.ClientId = client.Id;
        connect.WillFlag = false;
        connect.KeepAlivePeriod = 0;
        connect.SessionExpiryInterval = client.SessionExpiry > TimeSpan.Zero ? uint.MaxValue : 0;
    }

    /// <returns>The DISCONNECT, if one came.</returns>
    private async Task<MqttPacket?> ServeAsync()
    {
        try
        {
            while (!IsClosing)
            {
                var reading = _reader.ReadAsync();
                if (!reading.IsCompleted)
                {
                    // It waits for us now, perhaps: what came together is answered together.
                    Pump();
                }

                var inbound = await reading;
                if (inbound.Violation is { } violation)
                {
                    Refuse(violation);
                }
                else if (inbound.Packet is MqttDisconnectPacket disconnect)
                {
                    return TakeDisconnect(disconnect, inbound.Properties);
                }
                else if (inbound.Packet is { } packet)
                {
                    Volatile.Write(ref _lastReceived, _around.Clock.Now);
                    Take(packet, inbound.Properties);
                    await MakeRoomForAnswersAsync();
                }
                else if (inbound.IsEnd)
                {
                    return null;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            LogLost(_client!.Id, exception.Message);
        }

        return null;
    }

    private Task MakeRoomForAnswersAsync()
    {
        var room = _answers.WhenRoomAsync();
        if (!room.IsCompleted)
        {
            Pump();
        }

        return room;
    }

    private void Take(MqttPacket packet, PropertySet properties)
    {
        switch (packet)
        {
            case MqttPublishPacket publish:
                TakePublish(publish, properties);
                break;
            case MqttPubAckPacket puback:
                Session!.Outbox.Acknowledge(puback.PacketIdentifier);
                break;
            case MqttPubRecPacket pubrec:
                TakeReceived(pubrec);
                break;
            case MqttPubCompPacket pubcomp:
                Session!.Outbox.Complete(pubcomp.PacketIdentifier);
                break;
            case MqttPubRelPacket pubrel:
                TakeRelease(pubrel);
                break;
            case MqttPingReqPacket:
                Answer(MqttPingRespPacket.Instance);
                break;
            case MqttSubscribePacket subscribe:
                Subscribe(subscribe);
                break;
            case MqttUnsubscribePacket unsubscribe:
                Unsubscribe(unsubscribe);
                break;
            default:
                Refuse(Violation.Protocol($"a client does not send a {packet.GetType().Name}"));
                break;
        }
    }

    private MqttDisconnectPacket? TakeDisconnect(MqttDisconnectPacket disconnect, PropertySet properties)
    {
        if (properties.Has(PropertyId.SessionExpiryInterval))
        {
            if (_client!.SessionExpiry == TimeSpan.Zero && disconnect.SessionExpiryInterval > 0)
            {
                Refuse(Violation.Protocol("a session that ends with its connection is to be kept after all"));
                return null;
            }

            _sessionExpiry = Client.Bounded(disconnect.SessionExpiryInterval, _around.Options.MaxSessionExpiry);
        }

        _isGoodbye = disconnect.ReasonCode != MqttDisconnectReasonCode.DisconnectWithWillMessage;
        return disconnect;
    }

    private void Refuse(Violation violation)
    {
        LogViolation(_client!.Id, RemoteEndPoint, violation.Message);
        Close(violation.Reason, violation.Message);
    }

    private async Task RefuseConnectAsync(Violation violation)
    {
        // No words: how much the client takes is not known, or it may be what is wrong.
        LogRefusedConnect(RemoteEndPoint, violation.Message);
        var reason = (MqttConnectReasonCode)violation.Reason;

        // MQTT 3.1.1 has words for two refusals of this kind, and closes at all else (section 3.1.4).
        if (_reader.Version == MqttProtocolVersion.Unknown
            || _reader.Version == MqttProtocolVersion.V311
                && reason is not (MqttConnectReasonCode.UnsupportedProtocolVersion or MqttConnectReasonCode.ClientIdentifierNotValid))
        {
            return;
        }

        var answer = new MqttConnAckPacket
        {
            ReasonCode = reason,
            ReturnCode = MqttConnectReasonCodeConverter.ToConnectReturnCode(reason),
            RetainAvailable = true,
            SubscriptionIdentifiersAvailable = true,
            SharedSubscriptionAvailable = true,
            WildcardSubscriptionAvailable = true,
            MaximumQoS = MqttQualityOfServiceLevel.ExactlyOnce,
        };
        using var deadline = new CancellationTokenSource(FarewellTime, _around.Clock.Time);
        await WriteAsync(answer, deadline.Token);
    }
}
