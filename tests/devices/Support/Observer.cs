using System.Collections.Concurrent;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Testing;

namespace IotMqtt.Devices.Tests.Support;

/// <summary>A client that sees all that is under a root, and what was retained of it.</summary>
internal sealed class Observer : ILinkHandler, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, IncomingMessage> _last = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly MqttLink _link;

    private Observer(BrokerUrl broker, Topics topics)
    {
        Topics = topics;
        _link = new MqttLink(
            new MqttLinkOptions { Url = broker, ClientId = $"observer-{topics.Root}" }, this, new LinkEnvironment(), new Subscription($"{topics.Root}/#"));
    }

    public Topics Topics { get; }

    public MqttLink Link => _link;

    public static async Task<Observer> StartAsync(BrokerUrl broker, RootTopic root, CancellationToken cancellationToken)
    {
        var observer = new Observer(broker, new Topics(root));
        await observer._link.ConnectAsync(cancellationToken);
        return observer;
    }

    public int CountOf(string topic) => _counts.GetValueOrDefault(topic);

    public IncomingMessage? Last(string topic) => _last.GetValueOrDefault(topic);

    public DeviceStatus? StatusOf(string device) => Parse<DeviceStatus>(Topics.Status(DeviceId.Parse(device)), MessageJson.TryParse);

    public DeviceState? StateOf(string device) => Parse<DeviceState>(Topics.State(DeviceId.Parse(device)), MessageJson.TryParse);

    public DeviceMeta? MetaOf(string device) => Parse<DeviceMeta>(Topics.Meta(DeviceId.Parse(device)), MessageJson.TryParse);

    public Task AwaitAsync(string device, Presence presence, CancellationToken cancellationToken) => Eventually.Async(
        $"{device} is {presence}", () => StatusOf(device)?.State == presence, cancellationToken, () => StatusOf(device));

    public async Task CommandAsync(string device, string command, CancellationToken cancellationToken, string? responseTopic = null, bool retain = false)
    {
        var message = new OutgoingMessage
        {
            Topic = Topics.Command(DeviceId.Parse(device), CommandName.Parse(command)),
            ResponseTopic = responseTopic,
            Payload = "{}"u8.ToArray(),
            Retain = retain,
        };
        Assert.True((await _link.PublishAsync(message, cancellationToken)).IsTaken);
    }

    public ValueTask DisposeAsync() => _link.DisposeAsync();

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message)
    {
        _last[message.Topic] = message;
        _counts.AddOrUpdate(message.Topic, 1, static (_, count) => count + 1);
    }

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
    }

    private delegate bool Parser<T>(ReadOnlySpan<byte> payload, out T? message, out string? reason);

    private T? Parse<T>(string topic, Parser<T> parser)
        where T : class =>
        Last(topic) is { } message && parser(message.Payload.Span, out var parsed, out _) ? parsed : null;
}
