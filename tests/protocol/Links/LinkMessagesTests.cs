using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using IotMqtt.Protocol.Links;
using IotMqtt.Testing;

namespace IotMqtt.Protocol.Tests.Links;

/// <summary>What goes through a link.</summary>
public sealed class LinkMessagesTests : LinkTests
{
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
        var received = await Eventually.Async("the message is there", Recorder.Messages.ReadAsync(Cancellation).AsTask(), Cancellation);

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

    [Fact]
    public async Task A_refused_subscription_is_a_value()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = Link(broker, "curious");
        await link.ConnectAsync(Cancellation);
        await link.CloseAsync(Cancellation);

        var result = await link.SubscribeAsync(new Subscription("a/b"), Cancellation);

        Assert.False(result.IsGranted);
        Assert.Contains("a/b", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retained_messages_come_only_where_they_are_wanted()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = Link(broker, "reader");
        await link.ConnectAsync(Cancellation);
        await link.PublishAsync(new OutgoingMessage { Topic = "kept/1", Payload = "1"u8.ToArray(), Retain = true }, Cancellation);

        await link.SubscribeAsync(new Subscription("kept/#") { WithRetained = false }, Cancellation);
        link.Post(new OutgoingMessage { Topic = "kept/2" });
        var fresh = await Recorder.Messages.ReadAsync(Cancellation);
        await link.SubscribeAsync(new Subscription("kept/1"), Cancellation);
        var kept = await Recorder.Messages.ReadAsync(Cancellation);

        Assert.Equal(("kept/2", false), (fresh.Topic, fresh.Retained));
        Assert.Equal(("kept/1", true), (kept.Topic, kept.Retained));
    }

    [Fact]
    public async Task A_burst_arrives_whole_and_in_order_through_a_small_window()
    {
        const int Count = 2_000;
        await using var broker = await MosquittoBroker.StartAsync(
            Cancellation, new MosquittoOptions { Lines = ["max_inflight_messages 7", "max_queued_messages 0"] });
        await using var link = Link(broker, "burst", options => options with { Window = 16 }, null, new Subscription("burst/+"));
        await link.ConnectAsync(Cancellation);

        for (var at = 0; at < Count; at++)
        {
            link.Post(new OutgoingMessage { Topic = "burst/x", Payload = BitConverter.GetBytes(at) });
        }

        for (var at = 0; at < Count; at++)
        {
            var message = await Eventually.Async($"message {at} is there", Recorder.Messages.ReadAsync(Cancellation).AsTask(), Cancellation);
            Assert.Equal(at, BitConverter.ToInt32(message.Payload.Span));
        }
    }

    [Fact]
    public async Task A_handler_that_throws_costs_one_message_only()
    {
        Log.Expect(4005);
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = Link(broker, "clumsy", new Subscription("t/+"));
        Recorder.Then = message => _ = message.Topic == "t/bad" ? throw new InvalidOperationException("no") : 0;
        await link.ConnectAsync(Cancellation);

        link.Post(new OutgoingMessage { Topic = "t/bad" });
        link.Post(new OutgoingMessage { Topic = "t/good" });

        Assert.Equal("t/good", (await Recorder.Messages.ReadAsync(Cancellation)).Topic);
        Assert.True(Log.Has(4005));
    }

    [Fact]
    public async Task A_message_that_the_broker_would_not_take_is_not_sent()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation, new MosquittoOptions { Lines = ["max_packet_size 2000"] });
        await using var link = Link(broker, "verbose");
        await link.ConnectAsync(Cancellation);

        var result = await link.PublishAsync(new OutgoingMessage { Topic = "big", Payload = new byte[2000] }, Cancellation);

        Assert.Equal(PublishOutcome.NotSent, result.Outcome);
        Assert.True((await link.PublishAsync(new OutgoingMessage { Topic = "small" }, Cancellation)).IsTaken);
    }

    [Fact]
    public async Task What_is_published_and_received_is_counted()
    {
        var counted = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == ProtocolMetrics.MeterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.AddOrUpdate(instrument.Name + (tags.Length > 0 ? $"/{tags[0].Value}" : string.Empty), value, (_, sum) => sum + value));
        listener.Start();
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = Link(broker, "counted", new Subscription("c"));
        await link.ConnectAsync(Cancellation);

        await link.PublishAsync(new OutgoingMessage { Topic = "c" }, Cancellation);
        await Recorder.Messages.ReadAsync(Cancellation);
        await link.PublishAsync(new OutgoingMessage { Topic = "nobody" }, Cancellation);

        // Other tests count, too: at least ours are there.
        Assert.True(counted["iotmqtt.link.connected"] >= 1);
        Assert.True(counted["iotmqtt.link.received"] >= 1);
        Assert.True(counted["iotmqtt.link.published/taken"] >= 1);
        Assert.True(counted["iotmqtt.link.published/no-subscribers"] >= 1);
    }

    [Theory]
    [InlineData("a/#/b")]
    [InlineData("a+/b")]
    [InlineData("a/b#")]
    [InlineData("")]
    public async Task A_filter_that_is_none_is_refused_as_a_value(string filter)
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = Link(broker, "sloppy");
        await link.ConnectAsync(Cancellation);

        var result = await link.SubscribeAsync(new Subscription(filter), Cancellation);

        Assert.Equal((false, (byte)0x8F), (result.IsGranted, result.ReasonCode));
        Assert.Equal(LinkState.Connected, link.Status.State);
    }

    [Fact]
    public async Task A_topic_that_is_none_is_not_sent()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = Link(broker, "sloppy");
        await link.ConnectAsync(Cancellation);

        var result = await link.PublishAsync(new OutgoingMessage { Topic = "a/+" }, Cancellation);

        Assert.Equal(PublishOutcome.NotSent, result.Outcome);
    }

    [Fact]
    public async Task What_comes_before_the_subscriptions_are_confirmed_can_be_answered()
    {
        using var broker = new ScriptedBroker();
        await using var link = Link(broker, "eager", new Subscription("s"));
        Recorder.Then = _ => link.Post(new OutgoingMessage { Topic = "answer", QualityOfService = QualityOfService.AtMostOnce });
        var connecting = link.ConnectAsync(Cancellation);
        using var peer = await broker.AcceptAsync(ScriptedBroker.ConnAck, Cancellation);
        var subscribe = await ScriptedBroker.ReadPacketAsync(peer, Cancellation);

        await Recorder.SettleAsync(peer, Cancellation);
        var answer = await ScriptedBroker.ReadPacketAsync(peer, Cancellation);
        await peer.GetStream().WriteAsync(new byte[] { 0x90, 0x04, subscribe[2], subscribe[3], 0x00, 0x01 }, Cancellation);
        await connecting;

        Assert.Equal(0x82, subscribe[0]);
        Assert.Equal(0x30, answer[0]);
        Assert.Equal(LinkState.Connected, link.Status.State);
    }
}
