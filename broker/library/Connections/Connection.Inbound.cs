using System.Collections.Concurrent;
using IotMqtt.Broker.Wire;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Connections;

internal sealed partial class Connection
{
    private readonly ConcurrentQueue<ushort> _dropped = new();
    private readonly TopicAliases _aliases = new();
    private CancellationTokenRegistration _interruption;
    private bool _isInterruptible;
    private bool _isGoodbye;
    private TimeSpan _sessionExpiry;
    private long _lastReceived;

    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        if (_client is null)
        {
            return await ReceiveConnectAsync();
        }

        if (!_isInterruptible)
        {
            // MQTTnet cancels when another connection takes the session over. Once per connection, not once per packet.
            _isInterruptible = true;
            _interruption = cancellationToken.UnsafeRegister(
                static connection => ((Connection)connection!).Close(MqttDisconnectReasonCode.SessionTakenOver), this);
        }

        var packet = await ReceiveNextOrEndAsync();
        if (packet is null or MqttDisconnectPacket)
        {
            // MQTTnet cancels at the end too, and ends session and connection in steps: nobody may take them over in between.
            _interruption.Unregister();
            _gate ??= await _around.Gates.EnterAsync(_client.Id, CancellationToken.None);
        }

        return packet;
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

        var client = Client.From(connect, _reader.Version, _around.Options.MaxSessionExpiry);
        _lastReceived = _around.Clock.Now;
        _gate = await _around.Gates.EnterAsync(client.Id, CancellationToken.None);
        (_client, _sessionExpiry) = (client, client.SessionExpiry);
        _outbox.Window = Math.Min(client.ReceiveMaximum, _around.Options.MaxInFlight);
        ForMqttNet(connect, client);
        return connect;
    }

    /// <summary>What the broker does itself, MQTTnet need not know: wills, keep-alive, expiry of sessions.</summary>
    private void ForMqttNet(MqttConnectPacket connect, Client client)
    {
        connect.ClientId = client.Id;
        connect.WillFlag = false;
        connect.KeepAlivePeriod = 0;
        connect.SessionExpiryInterval = client.SessionExpiry > TimeSpan.Zero ? uint.MaxValue : 0;
        if (client.Version == MqttProtocolVersion.V500)
        {
            connect.CleanSession |= _around.Sessions.HasEnded(client.Id);
        }
    }

    private async Task<MqttPacket?> ReceiveNextOrEndAsync()
    {
        try
        {
            return await ReceiveNextAsync();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            LogLost(_client!.Id, exception.Message);
            return null;
        }
    }

    private async Task<MqttPacket?> ReceiveNextAsync()
    {
        while (!IsClosing)
        {
            if (_dropped.TryDequeue(out var identifier))
            {
                // As if acknowledged: that is how MQTTnet forgets a message that was not sent.
                return new MqttPubAckPacket { PacketIdentifier = identifier };
            }

            await _debt.WaitAsync();
            var inbound = await _reader.ReadAsync();
            if (inbound.IsEnd)
            {
                return null;
            }

            if (inbound.Violation is { } violation)
            {
                Refuse(violation);
                return null;
            }

            if (inbound.Packet is { } packet)
            {
                Volatile.Write(ref _lastReceived, _around.Clock.Now);
                if (await TakeAsync(packet, inbound.Properties) is { } rest)
                {
                    return rest;
                }
            }
        }

        return null;
    }

    /// <returns>The packet where MQTTnet goes on with it.</returns>
    private async ValueTask<MqttPacket?> TakeAsync(MqttPacket packet, PropertySet properties)
    {
        switch (packet)
        {
            case MqttPublishPacket publish:
                return await TakePublishAsync(publish);
            case MqttPubAckPacket puback:
                await AcknowledgeAsync(puback.PacketIdentifier);
                return puback;
            case MqttPubCompPacket pubcomp:
                await AcknowledgeAsync(pubcomp.PacketIdentifier);
                return pubcomp;
            case MqttPubRecPacket { ReasonCode: >= MqttPubRecReasonCode.UnspecifiedError } refusal:
                // The exchange ends here; MQTTnet would go on with PUBREL.
                await AcknowledgeAsync(refusal.PacketIdentifier);
                return new MqttPubAckPacket { PacketIdentifier = refusal.PacketIdentifier };
            case MqttPubRelPacket pubrel:
                Session!.Unreleased.Remove(pubrel.PacketIdentifier);
                _debt.Owe();
                return pubrel;
            case MqttPubRecPacket or MqttPingReqPacket:
                _debt.Owe();
                return packet;
            case MqttSubscribePacket subscribe:
                await SubscribeAsync(subscribe);
                return null;
            case MqttUnsubscribePacket unsubscribe:
                await UnsubscribeAsync(unsubscribe);
                return null;
            case MqttDisconnectPacket disconnect:
                return TakeDisconnect(disconnect, properties);
            default:
                Refuse(Violation.Protocol($"a client does not send a {packet.GetType().Name}"));
                return null;
        }
    }

    private async ValueTask<MqttPacket?> TakePublishAsync(MqttPublishPacket publish)
    {
        if (_aliases.Resolve(publish) is { } violation)
        {
            Refuse(violation);
            return null;
        }

        if (publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce && !Session!.Unreleased.Add(publish.PacketIdentifier))
        {
            await WriteAsync(new MqttPubRecPacket { PacketIdentifier = publish.PacketIdentifier }, CancellationToken.None);
            return null;
        }

        if (publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce)
        {
            _debt.Owe();
        }

        return publish;
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

    private async ValueTask AcknowledgeAsync(ushort packetIdentifier)
    {
        _outbox.Acknowledge(packetIdentifier);
        if (_outbox.Held > 0)
        {
            await SendHeldAsync();
        }
    }

    private void Refuse(Violation violation)
    {
        LogViolation(_client!.Id, RemoteEndPoint, violation.Message);
        Close(violation.Reason, violation.Message);
    }

    private async Task RefuseConnectAsync(Violation violation)
    {
        LogRefusedConnect(RemoteEndPoint, violation.Message);
        if (_reader.Version == MqttProtocolVersion.Unknown)
        {
            return;
        }

        var reason = (MqttConnectReasonCode)violation.Reason;
        var answer = new MqttConnAckPacket
        {
            ReasonCode = reason,
            ReturnCode = MqttConnectReasonCodeConverter.ToConnectReturnCode(reason),
            ReasonString = violation.Message,
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
