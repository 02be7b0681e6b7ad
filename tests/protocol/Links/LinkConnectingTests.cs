using System.Text;
using IotMqtt.Protocol.Links;
using IotMqtt.Testing;

namespace IotMqtt.Protocol.Tests.Links;

/// <summary>How a link comes about, and what it says if it does not.</summary>
public sealed class LinkConnectingTests : LinkTests
{
    [Fact]
    public async Task A_broker_that_is_not_there_is_unreachable()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await broker.StopAsync(Cancellation);
        await using var link = Link(broker, "early");

        var exception = await Assert.ThrowsAsync<MqttLinkException>(() => link.ConnectAsync(Cancellation));

        Assert.Equal(LinkFailureKind.Unreachable, exception.Kind);
        Assert.Contains($"127.0.0.1:{broker.Port}", exception.Message, StringComparison.Ordinal);
        Assert.Equal(LinkState.Created, link.Status.State);
    }

    [Fact]
    public async Task After_a_failed_attempt_the_link_may_be_connected_again()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await broker.StopAsync(Cancellation);
        await using var link = Link(broker, "patient");
        await Assert.ThrowsAsync<MqttLinkException>(() => link.ConnectAsync(Cancellation));
        await broker.StartAgainAsync(Cancellation);

        await link.ConnectAsync(Cancellation);

        Assert.Equal(LinkState.Connected, link.Status.State);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_unreachable()
    {
        await using var link = new MqttLink(
            new MqttLinkOptions { Url = BrokerUrl.Parse("mqtt://no-such-host.invalid"), ClientId = "lost" },
            Recorder,
            Environment);

        var exception = await Assert.ThrowsAsync<MqttLinkException>(() => link.ConnectAsync(Cancellation));

        Assert.Equal(LinkFailureKind.Unreachable, exception.Kind);
    }

    [Theory]
    [InlineData("mqtt")]
    [InlineData("mqtts")]
    [InlineData("ws")]
    public async Task What_accepts_connections_and_says_nothing_is_unreachable(string scheme)
    {
        using var mute = new ScriptedBroker();
        await using var link = new MqttLink(
            new MqttLinkOptions
            {
                Url = BrokerUrl.Parse($"{scheme}://127.0.0.1:{mute.Port}"),
                ClientId = "hopeful",
                ConnectTimeout = TimeSpan.FromMilliseconds(200),
            },
            Recorder,
            Environment);

        var exception = await Assert.ThrowsAsync<MqttLinkException>(() => link.ConnectAsync(Cancellation));

        Assert.Equal(LinkFailureKind.Unreachable, exception.Kind);
        Assert.Contains("0.2 s", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("\u0020\u0002\u0000\u0001")]
    public async Task What_does_not_speak_MQTT_5_is_a_protocol_error(string answer)
    {
        using var other = new ScriptedBroker();
        await using var link = Link(other, "modern");

        var connecting = Assert.ThrowsAsync<MqttLinkException>(() => link.ConnectAsync(Cancellation));
        (await other.AcceptAsync(Encoding.Latin1.GetBytes(answer), Cancellation)).Dispose();

        Assert.Equal(LinkFailureKind.ProtocolError, (await connecting).Kind);
    }

    [Fact]
    public async Task What_closes_without_a_word_may_be_a_proxy_whose_broker_comes_later()
    {
        using var proxy = new ScriptedBroker();
        await using var link = Link(proxy, "patient");

        var connecting = Assert.ThrowsAsync<MqttLinkException>(() => link.ConnectAsync(Cancellation));
        (await proxy.AcceptAsync(Cancellation)).Dispose();
        var failure = (await connecting).Failure;
        var again = link.ConnectAsync(Cancellation);
        using var peer = await proxy.AcceptAsync(ScriptedBroker.ConnAck, Cancellation);
        await again;

        Assert.True(failure.IsTransient, failure.Message);
        Assert.Contains("without a word", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_credentials_are_said_to_be_wrong()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation, WithUsers);
        await using var wrong = Link(broker, "wrong", options => options with { Username = "ann", Password = "guess" });
        await using var none = Link(broker, "none");

        var exception = await Assert.ThrowsAsync<MqttLinkException>(() => wrong.ConnectAsync(Cancellation));
        var other = await Assert.ThrowsAsync<MqttLinkException>(() => none.ConnectAsync(Cancellation));

        Assert.Contains(exception.Kind, CredentialKinds);
        Assert.Contains(other.Kind, CredentialKinds);
        Assert.Contains("credentials", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_may_stand_in_the_url()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation, WithUsers);
        var url = BrokerUrl.Parse($"mqtt://ann:s%40cret@127.0.0.1:{broker.Port}");
        await using var link = Link(broker, "ann", options => options with { Url = url });

        await link.ConnectAsync(Cancellation);

        Assert.Equal(LinkState.Connected, link.Status.State);
    }

    [Fact]
    public async Task A_started_link_connects_when_the_broker_comes()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await broker.StopAsync(Cancellation);
        await using var link = Link(broker, "first");

        link.Start();
        await Eventually.Async("an attempt has failed", () => link.Status.Failure is not null, Cancellation, () => link.Status);
        await broker.StartAgainAsync(Cancellation);

        await Eventually.Async("the link is there", () => link.Status.State == LinkState.Connected, Cancellation, () => link.Status);
    }

    [Fact]
    public async Task A_started_link_that_is_refused_for_good_does_not_go_on_trying()
    {
        Log.Expect(4004);
        await using var broker = await MosquittoBroker.StartAsync(Cancellation, WithUsers);
        await using var link = Link(broker, "nobody");

        link.Start();
        await Eventually.Async("the link has given up", () => link.Status.State == LinkState.Failed, Cancellation, () => link.Status);

        Assert.Contains(link.Status.Failure!.Kind, CredentialKinds);
        Assert.True(Log.Has(4004));
    }

    [Fact]
    public async Task It_speaks_MQTT_over_a_WebSocket()
    {
        await using var broker = await MosquittoBroker.StartAsync(
            Cancellation, new MosquittoOptions { WebSockets = true });
        await using var link = Link(broker, "web", options => options with { Url = BrokerUrl.Parse($"ws://127.0.0.1:{broker.WebSocketPort}") }, null, new Subscription("w"));
        await link.ConnectAsync(Cancellation);

        link.Post(new OutgoingMessage { Topic = "w", Payload = "over the web"u8.ToArray() });

        Assert.Equal("over the web"u8.ToArray(), (await Recorder.Messages.ReadAsync(Cancellation)).Payload.ToArray());
    }
}
