using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IotMqtt.Protocol.Links;

/// <summary>
/// Between the client library and its packets. What is published to us is handed on right here, on the receive loop, instead
/// of going through another queue and thread; keep-alive is the wheel's, so the library must not know of any; and when
/// something was last sent, and last answered, is noted.
/// </summary>
internal sealed class LinkAdapter(IMqttChannelAdapter inner, Connection connection, TimeProvider time) : IMqttChannelAdapter
{
    private long _lastSent = time.GetTimestamp();
    private long _lastAnswered = time.GetTimestamp();

    /// <summary>What the broker wants instead of our keep-alive, in seconds; 0 if it is content.</summary>
    public ushort ServerKeepAlive { get; private set; }

    public long LastSent => Volatile.Read(ref _lastSent);

    /// <summary>When the broker last answered something of ours. A publish of others is no answer.</summary>
    public long LastAnswered => Volatile.Read(ref _lastAnswered);

    public long BytesReceived => inner.BytesReceived;

    public long BytesSent => inner.BytesSent;

    public X509Certificate2? ClientCertificate => inner.ClientCertificate;

    public EndPoint? RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint? LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public void ResetStatistics() => inner.ResetStatistics();

    public void Dispose() => inner.Dispose();

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        if (packet is MqttConnectPacket connect)
        {
            connect.KeepAlivePeriod = connection.KeepAliveSeconds;
        }

        Volatile.Write(ref _lastSent, time.GetTimestamp());
        return inner.SendPacketAsync(packet, cancellationToken);
    }

    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var packet = await inner.ReceivePacketAsync(cancellationToken).ConfigureAwait(false);
            var now = time.GetTimestamp();
            switch (packet)
            {
                case MqttPublishPacket { QualityOfServiceLevel: < MqttQualityOfServiceLevel.ExactlyOnce } publish:
                    connection.Received(MqttConversion.FromMqtt(publish, now));
                    if (publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce)
                    {
                        // Not awaited: a broker that does not read while it writes must not stop our reading. How many
                        // can be under way is bounded by our Receive Maximum.
                        _ = AcknowledgeAsync(publish.PacketIdentifier, cancellationToken);
                    }

                    continue;
                case MqttConnAckPacket connAck:
                    ServerKeepAlive = connAck.ServerKeepAlive;
                    connAck.ServerKeepAlive = 0;
                    Volatile.Write(ref _lastAnswered, now);
                    return connAck;
                case MqttPubAckPacket or MqttPubRecPacket or MqttPubCompPacket or MqttSubAckPacket or MqttUnsubAckPacket or MqttPingRespPacket:
                    Volatile.Write(ref _lastAnswered, now);
                    return packet;
                default:
                    return packet;
            }
        }
    }

    private async Task AcknowledgeAsync(ushort identifier, CancellationToken cancellationToken)
    {
        try
        {
            var packet = new MqttPubAckPacket { PacketIdentifier = identifier, ReasonCode = MqttPubAckReasonCode.Success };
            await SendPacketAsync(packet, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The connection broke; the receive loop sees it too and ends it.
            connection.OnAcknowledgingFailed(exception);
        }
    }
}
