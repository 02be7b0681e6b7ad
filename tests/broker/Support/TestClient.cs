using System.Threading.Channels;
using IotMqtt.Testing;
using MQTTnet;
using MQTTnet.Protocol;

namespace IotMqtt.Broker.Tests.Support;

/// <summary>An MQTTnet client whose messages can be awaited.</summary>
internal sealed class TestClient : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<MqttApplicationMessage> _messages = Channel.CreateUnbounded<MqttApplicationMessage>();
    private readonly TaskCompletionSource<MqttClientDisconnectedEventArgs> _disconnected = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestClient()
    {
        _client.ApplicationMessageReceivedAsync += received =>
        {
            _messages.Writer.TryWrite(received.ApplicationMessage);
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += disconnected =>
        {
            _disconnected.TrySetResult(disconnected);
            return Task.CompletedTask;
        };
    }

    public IMqttClient Inner => _client;

    public MqttClientConnectResult Connected { get; private set; } = null!;

    public Task<MqttClientDisconnectedEventArgs> Disconnected =>
        Eventually.Async("the client is disconnected", _disconnected.Task, TestContext.Current.CancellationToken);

    public static async Task<TestClient> ConnectAsync(MqttClientOptions options)
    {
        var client = new TestClient();
        client.Connected = await client._client.ConnectAsync(options, TestContext.Current.CancellationToken);
        return client;
    }

    public async Task<MqttClientSubscribeResult> SubscribeAsync(
        string filter, MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce, Action<MqttTopicFilterBuilder>? also = null, uint identifier = 0)
    {
        var options = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(topic =>
        {
            topic.WithTopic(filter).WithQualityOfServiceLevel(qos);
            also?.Invoke(topic);
        });
        if (identifier > 0)
        {
            options.WithSubscriptionIdentifier(identifier);
        }

        return await _client.SubscribeAsync(options.Build(), TestContext.Current.CancellationToken);
    }

    public Task<MqttClientPublishResult> PublishAsync(
        string topic, string payload, MqttQualityOfServiceLevel qos = MqttQualityOfServiceLevel.AtLeastOnce, bool retain = false) =>
        PublishAsync(builder => builder.WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(qos).WithRetainFlag(retain));

    public Task<MqttClientPublishResult> PublishAsync(Action<MqttApplicationMessageBuilder> message)
    {
        var builder = new MqttApplicationMessageBuilder();
        message(builder);
        return _client.PublishAsync(builder.Build(), TestContext.Current.CancellationToken);
    }

    public Task<MqttApplicationMessage> NextAsync() => Eventually.Async(
        "a message arrives", _messages.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask(), TestContext.Current.CancellationToken);

    /// <summary>The payload of the next message, which must be on that topic.</summary>
    public async Task<string> NextAsync(string topic)
    {
        var message = await NextAsync();
        Assert.Equal(topic, message.Topic);
        return message.ConvertPayloadToString();
    }

    /// <summary>
    /// Asserts that nothing waits: what the client publishes to itself now comes after all that the broker has queued for it before.
    /// </summary>
    public async Task NothingMoreAsync()
    {
        var marker = $"marker/{Guid.NewGuid():N}";
        await SubscribeAsync(marker);
        await PublishAsync(marker, "marker");
        Assert.Equal(marker, (await NextAsync()).Topic);
    }

    public Task DisconnectAsync(MqttClientDisconnectOptionsReason reason = MqttClientDisconnectOptionsReason.NormalDisconnection) =>
        _client.DisconnectAsync(new MqttClientDisconnectOptionsBuilder().WithReason(reason).Build(), TestContext.Current.CancellationToken);

    /// <summary>Goes without a word.</summary>
    public void Vanish() => _client.Dispose();

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            await _client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _client.Dispose();
    }
}
