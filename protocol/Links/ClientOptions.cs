using System.Net;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace IotMqtt.Protocol.Links;

/// <summary>Our options as the client library wants them.</summary>
internal static class ClientOptions
{
    // Most packets of a device fit; the writer grows for those that do not and shrinks again.
    private const int WriterBufferSize = 256;
    private const int WriterBufferSizeMax = 4096;

    public static MqttClientOptions Create(MqttLinkOptions options, BrokerUrl url)
    {
        var tls = url.IsTls ? TlsSetup.Create(options.Tls) : new MqttClientTlsOptions { UseTls = false };
        var client = new MqttClientOptions
        {
            ProtocolVersion = options.Version == MqttVersion.V5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311,
            ClientId = options.ClientId,
            CleanSession = options.CleanStart,
            SessionExpiryInterval = (uint)Math.Clamp(options.SessionExpiry.TotalSeconds, 0, uint.MaxValue),

            // Ours, by one wheel for all: see LinkAdapter.
            KeepAlivePeriod = TimeSpan.Zero,
            Timeout = options.ReplyTimeout,
            MaximumPacketSize = options.MaxPacketSize,
            ReceiveMaximum = options.ReceiveMaximum,
            WriterBufferSize = WriterBufferSize,
            WriterBufferSizeMax = WriterBufferSizeMax,

            // A packet is one write: header and payload apart would be two segments.
            AllowPacketFragmentation = false,
            ValidateFeatures = false,
            ChannelOptions = url.IsWebSocket
                ? new MqttClientWebSocketOptions { Uri = WebSocketUri(url), TlsOptions = tls }
                : TcpOptions(options, url, tls),
        };
        if ((options.Username ?? url.Username) is { } username)
        {
            var password = options.Password ?? url.Password;
            client.Credentials = new MqttClientCredentials(username, password is null ? null : Encoding.UTF8.GetBytes(password));
        }

        if (options.Will is { } will)
        {
            AddWill(client, will);
        }

        return client;
    }

    private static MqttClientTcpOptions TcpOptions(MqttLinkOptions options, BrokerUrl url, MqttClientTlsOptions tls) => new()
    {
        RemoteEndpoint = new DnsEndPoint(url.Host, url.Port),
        StreamProvider = new TcpConnector(options.QuickAck),
        TlsOptions = tls,
    };

    private static void AddWill(MqttClientOptions client, OutgoingMessage will)
    {
        client.WillTopic = will.Topic;
        client.WillPayload = MqttConversion.ToArray(will.Payload) ?? [];
        client.WillQualityOfServiceLevel = (MqttQualityOfServiceLevel)will.QualityOfService;
        client.WillRetain = will.Retain;
        client.WillMessageExpiryInterval = will.ExpirySeconds;
        client.WillContentType = will.ContentType;
        client.WillUserProperties = MqttConversion.ToMqtt(will.UserProperties);
    }

    private static string WebSocketUri(BrokerUrl url) =>
        new UriBuilder($"{url.Scheme}://{(url.Host.Contains(':', StringComparison.Ordinal) ? $"[{url.Host}]" : url.Host)}:{url.Port}{url.Path}").Uri.ToString();
}
