using IotMqtt.Broker.Tests.Support;
using MQTTnet;
using MQTTnet.Formatter;

namespace IotMqtt.Broker.Tests.Sessions;

public sealed class AdmissionTests : BrokerTest
{
    protected override BrokerOptions Options => new() { Port = 0, Username = "bob", Password = "secret", MaxConnections = 2, MaxSessions = 3 };

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task Only_who_knows_the_password_is_let_in(MqttProtocolVersion version)
    {
        Assert.Equal(MqttClientConnectResultCode.Success, (await ConnectAsync(As("bob", "secret", version))).Connected.ResultCode);
        foreach (var (user, password) in new[] { ("bob", "wrong"), ("eve", "secret"), ("bob", ""), ("", "") })
        {
            Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, await RefusalOfAsync(As(user, password, version)));
        }
    }

    [Fact]
    public async Task One_connection_too_many_is_told_that_the_server_is_busy()
    {
        await ConnectAsync(As("bob", "secret"));
        await ConnectAsync(As("bob", "secret"));

        Assert.Equal(MqttClientConnectResultCode.ServerBusy, await RefusalOfAsync(As("bob", "secret")));
    }

    [Fact]
    public async Task One_session_too_many_is_told_that_the_quota_is_used_up()
    {
        foreach (var id in new[] { "a", "b", "c" })
        {
            var client = await ConnectAsync(As("bob", "secret").WithClientId(id).WithSessionExpiryInterval(60));
            await client.DisconnectAsync();
        }

        Assert.Equal(MqttClientConnectResultCode.QuotaExceeded, await RefusalOfAsync(As("bob", "secret").WithClientId("d")));
        Assert.Equal(MqttClientConnectResultCode.Success, (await ConnectAsync(As("bob", "secret").WithClientId("a"))).Connected.ResultCode);
    }

    private MqttClientOptionsBuilder As(string user, string password, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        ClientOptions(version: version).WithCredentials(user, password);

    private async Task<MqttClientConnectResultCode> RefusalOfAsync(MqttClientOptionsBuilder options) =>
        (await ConnectAsync(options)).Connected.ResultCode;
}
