using System.Security.Cryptography;
using IotMqtt.Broker.Wills;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace IotMqtt.Broker.Connections;

/// <summary>What a client said of itself in its CONNECT.</summary>
internal sealed record Client
{
    public required string Id { get; init; }

    /// <summary>The user name that it gave; whether it may is another matter.</summary>
    public string? Username { get; init; }

    /// <summary>Whether the broker chose the id (MQTT 5, section 3.1.3.1).</summary>
    public bool IsIdAssigned { get; init; }

    public required MqttProtocolVersion Version { get; init; }

    public required bool CleanStart { get; init; }

    /// <summary>How long its session outlives the connection.</summary>
    public required TimeSpan SessionExpiry { get; init; }

    /// <summary>Whether it asked for a longer one than it got.</summary>
    public bool IsExpiryCapped { get; init; }

    /// <summary>How long it may be silent; zero is for ever. Half as long again is tolerated (section 3.1.2.10).</summary>
    public required TimeSpan KeepAlive { get; init; }

    public required int ReceiveMaximum { get; init; }

    public required long MaxPacketSize { get; init; }

    public Will? Will { get; init; }

    public static Client From(MqttConnectPacket connect, MqttProtocolVersion version, TimeSpan maxSessionExpiry)
    {
        var isV5 = version == MqttProtocolVersion.V500;
        var asked = isV5 ? Seconds(connect.SessionExpiryInterval) : connect.CleanSession ? TimeSpan.Zero : TimeSpan.MaxValue;
        var id = string.IsNullOrEmpty(connect.ClientId) ? $"auto-{RandomNumberGenerator.GetHexString(16, lowercase: true)}" : connect.ClientId;
        return new Client
        {
            Id = id,
            Username = connect.Username,
            IsIdAssigned = string.IsNullOrEmpty(connect.ClientId),
            Version = version,
            CleanStart = connect.CleanSession,
            SessionExpiry = asked < maxSessionExpiry ? asked : maxSessionExpiry,
            IsExpiryCapped = isV5 && asked > maxSessionExpiry,
            KeepAlive = TimeSpan.FromSeconds(connect.KeepAlivePeriod),
            ReceiveMaximum = isV5 && connect.ReceiveMaximum > 0 ? connect.ReceiveMaximum : ushort.MaxValue,
            MaxPacketSize = isV5 && connect.MaximumPacketSize > 0 ? connect.MaximumPacketSize : long.MaxValue,
            Will = connect.WillFlag ? new Will(id, WillMessage(connect), Seconds(connect.WillDelayInterval)) : null,
        };
    }

    /// <summary>A session expiry interval, as long as the broker keeps sessions.</summary>
    public static TimeSpan Bounded(uint expiryInterval, TimeSpan max) => Seconds(expiryInterval) < max ? Seconds(expiryInterval) : max;

    private static TimeSpan Seconds(uint seconds) => seconds == uint.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromSeconds(seconds);

    private static MqttApplicationMessage WillMessage(MqttConnectPacket connect) => new()
    {
        Topic = connect.WillTopic,
        PayloadSegment = connect.WillMessage ?? [],
        QualityOfServiceLevel = connect.WillQoS,
        Retain = connect.WillRetain,
        ContentType = connect.WillContentType,
        CorrelationData = connect.WillCorrelationData,
        MessageExpiryInterval = connect.WillMessageExpiryInterval,
        PayloadFormatIndicator = connect.WillPayloadFormatIndicator,
        ResponseTopic = connect.WillResponseTopic,
        UserProperties = connect.WillUserProperties,
    };
}
