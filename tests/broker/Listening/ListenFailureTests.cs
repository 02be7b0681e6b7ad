using IotMqtt.Broker.Tests.Support;

namespace IotMqtt.Broker.Tests.Listening;

public sealed class ListenFailureTests : BrokerTest
{
    [Fact]
    public async Task A_port_in_use_is_said_with_what_to_do()
    {
        var failure = await FailureOfAsync(new BrokerOptions { Port = Broker.Endpoint.Port });

        Assert.Equal(BrokerErrorKind.PortInUse, failure.Kind);
        Assert.Contains($"{Broker.Endpoint.Port}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("another port", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_port_that_is_in_use_is_named_and_no_other()
    {
        var failure = await FailureOfAsync(new BrokerOptions { Port = 0, WebSocketPort = Broker.Endpoint.Port });

        Assert.Contains($"{Broker.Endpoint.Port} (WebSocket)", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Mqtt)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("no such host.invalid")]
    public async Task A_host_that_is_no_address_of_this_machine_is_said(string host)
    {
        var failure = await FailureOfAsync(new BrokerOptions { Port = 0, Host = host, AllowAnonymous = true });

        Assert.Equal(BrokerErrorKind.CannotListen, failure.Kind);
        Assert.Contains(host, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_options_that_are_not_valid_are_said_at_once()
    {
        var failure = await FailureOfAsync(new BrokerOptions { Host = " ", Port = 70_000, MaxPacketSize = 1, MaxInFlight = 0, Password = "x", Tls = new TlsOptions { Certificate = "/no/such.pfx" } });

        Assert.Equal(BrokerErrorKind.InvalidOptions, failure.Kind);
        Assert.All(["Host", "Port", "MaxPacketSize", "MaxInFlight", "Password", "/no/such.pfx"], name => Assert.Contains(name, failure.Message, StringComparison.Ordinal));
    }

    private Task<BrokerException> FailureOfAsync(BrokerOptions options) =>
        Assert.ThrowsAsync<BrokerException>(() => MqttBroker.StartAsync(options, Log, Token));
}
