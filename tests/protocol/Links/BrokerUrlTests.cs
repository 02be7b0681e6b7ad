using IotMqtt.Protocol.Links;

namespace IotMqtt.Protocol.Tests.Links;

public sealed class BrokerUrlTests
{
    [Theory]
    [InlineData("mqtt://localhost", "mqtt", "localhost", 1883, "")]
    [InlineData("mqtts://broker.example/", "mqtts", "broker.example", 8883, "")]
    [InlineData("ws://h:8080", "ws", "h", 8080, "/mqtt")]
    [InlineData("ws://h:8080/", "ws", "h", 8080, "/")]
    [InlineData("wss://h/a/b?c=d", "wss", "h", 443, "/a/b?c=d")]
    [InlineData("mqtt://[::1]:1884", "mqtt", "::1", 1884, "")]
    [InlineData("MQTT://H", "mqtt", "h", 1883, "")]
    public void Urls_have_defaults(string text, string scheme, string host, int port, string path)
    {
        var url = BrokerUrl.Parse(text);

        Assert.Equal((scheme, host, port, path), (url.Scheme, url.Host, url.Port, url.Path));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("localhost:1883")]
    [InlineData("http://localhost")]
    [InlineData("mqtt://")]
    [InlineData("mqtt://h:99999")]
    [InlineData("mqtt://h/path")]
    [InlineData("mqtt://h#x")]
    public void Anything_else_is_refused_with_a_reason(string? text)
    {
        Assert.False(BrokerUrl.TryParse(text, out _, out var reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void Credentials_are_unescaped_and_the_password_is_never_shown()
    {
        var url = BrokerUrl.Parse("mqtt://a%40b:p%3Aw@h:1");

        Assert.Equal(("a@b", "p:w"), (url.Username, url.Password));
        Assert.Equal("mqtt://a%40b@h:1", url.ToString());
        Assert.DoesNotContain("p:w", new MqttLinkOptions { Url = url, ClientId = "c", Password = "secret" }.ToString(), StringComparison.Ordinal);
    }
}
