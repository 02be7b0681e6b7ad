using IotMqtt.Protocol.Links;
using IotMqtt.Testing;

namespace IotMqtt.Protocol.Tests.Links;

/// <summary>What a link does when its connection breaks.</summary>
public sealed class LinkReconnectingTests : LinkTests
{
    [Fact]
    public async Task After_a_restart_of_the_broker_the_link_is_back_with_its_subscriptions()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = Link(broker, "loyal", new Subscription("given/+"));
        await link.ConnectAsync(Cancellation);
        var added = await link.SubscribeAsync(new Subscription("added/+"), Cancellation);
        Assert.True(added.IsGranted, added.Failure);

        await broker.StopAsync(Cancellation);
        await Eventually.Async("the link has noticed", () => link.Status.State == LinkState.Reconnecting, Cancellation, () => link.Status);
        var meanwhile = await link.PublishAsync(new OutgoingMessage { Topic = "given/0" }, Cancellation);
        await broker.StartAgainAsync(Cancellation);
        await Eventually.Async("the link is back", () => link.Status.State == LinkState.Connected, Cancellation, () => link.Status);
        link.Post(new OutgoingMessage { Topic = "given/1" });
        link.Post(new OutgoingMessage { Topic = "added/2" });

        Assert.Equal(PublishOutcome.NotSent, meanwhile.Outcome);
        Assert.Equal("given/1", (await Recorder.Messages.ReadAsync(Cancellation)).Topic);
        Assert.Equal("added/2", (await Recorder.Messages.ReadAsync(Cancellation)).Topic);
        Assert.Equal(
            [LinkState.Connected, LinkState.Reconnecting, LinkState.Connected],
            Statuses().Where((state, at) => at == 0 || state != Statuses()[at - 1]));
    }

    [Fact]
    public async Task Who_is_taken_over_does_not_fight()
    {
        // Mosquitto 2.0.11 closes without a word; other brokers say why, as MQTT 5 wants it.
        Log.Expect(4004);
        using var broker = new ScriptedBroker();
        await using var link = Link(broker, "same");
        var connecting = link.ConnectAsync(Cancellation);
        using var peer = await broker.AcceptAsync(ScriptedBroker.ConnAck, Cancellation);
        await connecting;

        await peer.GetStream().WriteAsync(ScriptedBroker.TakenOver, Cancellation);
        await Eventually.Async("the link is taken over", () => link.Status.State == LinkState.TakenOver, Cancellation, () => link.Status);

        Assert.Equal(0x8E, link.Status.Failure!.ReasonCode);
        Assert.Contains("'same'", link.Status.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(PublishOutcome.NotSent, (await link.PublishAsync(new OutgoingMessage { Topic = "x" }, Cancellation)).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\n\r\n")]
    public async Task Whatever_answers_while_the_broker_is_away_the_link_comes_back(string answer)
    {
        using var proxy = new ScriptedBroker();
        await using var link = Link(proxy, "loyal");
        var connecting = link.ConnectAsync(Cancellation);
        using (await proxy.AcceptAsync(ScriptedBroker.ConnAck, Cancellation))
        {
            await connecting;
        }

        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await proxy.AcceptAsync(System.Text.Encoding.ASCII.GetBytes(answer), Cancellation)).Dispose();
        }

        using var peer = await proxy.AcceptAsync(ScriptedBroker.ConnAck, Cancellation);
        await Eventually.Async("the link is back", () => link.Status.State == LinkState.Connected, Cancellation, () => link.Status);
    }

    [Fact]
    public async Task The_will_is_published_when_the_link_is_cut_and_the_link_comes_back()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var watcher = Link(broker, "watcher", new Subscription("wills/+"));
        await watcher.ConnectAsync(Cancellation);
        var other = new Recorder();
        await using var link = Link(broker, "mortal", WithWill, other);
        await link.ConnectAsync(Cancellation);

        link.Cut();
        var will = await Eventually.Async("the will is there", Recorder.Messages.ReadAsync(Cancellation).AsTask(), Cancellation);

        Assert.Equal("wills/mortal", will.Topic);
        await Eventually.Async("the link is back", () => other.Statuses.Count(status => status.State == LinkState.Connected) == 2, Cancellation);
    }

    [Fact]
    public async Task The_will_is_not_published_when_the_link_is_closed()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var watcher = Link(broker, "watcher", new Subscription("wills/+"));
        await watcher.ConnectAsync(Cancellation);
        await using var link = Link(broker, "mortal", WithWill, new Recorder());
        await link.ConnectAsync(Cancellation);

        await link.CloseAsync(Cancellation);
        await Eventually.Async(
            "the broker has seen it go", () => broker.Output.Contains("Received DISCONNECT from mortal", StringComparison.Ordinal), Cancellation, () => broker.Output);
        await watcher.PublishAsync(new OutgoingMessage { Topic = "wills/none" }, Cancellation);

        Assert.Equal("wills/none", (await Recorder.Messages.ReadAsync(Cancellation)).Topic);
        Assert.Equal(LinkState.Closed, link.Status.State);
    }

    [Fact]
    public async Task A_publish_in_flight_when_the_broker_dies_is_answered()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var link = Link(broker, "unlucky");
        await link.ConnectAsync(Cancellation);

        var publishes = Enumerable.Range(0, 500).Select(_ => link.PublishAsync(new OutgoingMessage { Topic = "x" }, Cancellation)).ToList();
        await broker.StopAsync(Cancellation);

        var results = await Eventually.Async("every publish is answered", Task.WhenAll(publishes), Cancellation);
        Assert.All(results, result => Assert.NotEqual(PublishOutcome.Refused, result.Outcome));
    }
}
