using System.Text;
using IotMqtt.Protocol.Links;
using IotMqtt.Testing;

namespace IotMqtt.Protocol.Tests.Links;

/// <summary>A link against a broker that is not ours.</summary>
public sealed class MqttLinkTests : IDisposable
{
    private static readonly BackOff Quick = new() { Initial = TimeSpan.FromMilliseconds(10), Max = TimeSpan.FromMilliseconds(100) };

    private readonly TestLog _log = new();
    private readonly Recorder _recorder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_message_arrives_as_it_was_sent()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = Link(broker, "one", new Subscription("news/+"));
        await link.ConnectAsync(Cancellation);

        var result = await link.PublishAsync(
            new OutgoingMessage
            {
                Topic = "news/7",
                Payload = "héllo"u8.ToArray(),
                ExpirySeconds = 90,
                ResponseTopic = "answers/7",
                CorrelationData = new byte[] { 1, 2, 3 },
                ContentType = "text/plain",
                UserProperties = [UserProperty.Of("a", "1"), UserProperty.Of("a", "ü")],
            },
            Cancellation);
        var received = await Eventually.Async("the message is there", _recorder.Messages.ReadAsync(Cancellation).AsTask(), Cancellation);

        Assert.Equal(PublishOutcome.Taken, result.Outcome);
        Assert.Equal("news/7", received.Topic);
        Assert.Equal("héllo", Encoding.UTF8.GetString(received.Payload.Span));
        Assert.Equal("answers/7", received.ResponseTopic);
        Assert.Equal([1, 2, 3], received.CorrelationData.ToArray());
        Assert.Equal("text/plain", received.ContentType);
        Assert.Equal([UserProperty.Of("a", "1"), UserProperty.Of("a", "ü")], received.UserProperties);
        Assert.InRange(received.ExpirySeconds, 1u, 90u);
        Assert.False(received.Retained);
    }

    [Fact]
    public async Task A_publish_that_nobody_is_subscribed_to_says_so()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = Link(broker, "lonely");
        await link.ConnectAsync(Cancellation);

        var result = await link.PublishAsync(new OutgoingMessage { Topic = "nobody/here" }, Cancellation);

        Assert.Equal(new PublishResult(PublishOutcome.NoSubscribers, 16), result);
    }

    private MqttLink Link(MosquittoBroker broker, string clientId, params Subscription[] subscriptions) =>
        new(
            new MqttLinkOptions { Url = BrokerUrl.Parse(broker.Url), ClientId = clientId, BackOff = Quick },
            _recorder,
            new LinkEnvironment(loggerFactory: _log),
            subscriptions);
}
