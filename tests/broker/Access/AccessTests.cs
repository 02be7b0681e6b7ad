using IotMqtt.Broker.Access;
using IotMqtt.Broker.Tests.Support;
using MQTTnet;
using MQTTnet.Formatter;

namespace IotMqtt.Broker.Tests.Access;

/// <summary>Users from a file and what they may do, on the wire.</summary>
public sealed class AccessTests : BrokerTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-access-");

    protected override BrokerOptions Options
    {
        get
        {
            Write("passwords", $"ann:{PasswordHash.Create("a"u8, 10)}", $"bob:{PasswordHash.Create("b"u8, 10)}");
            Write("acl", "user ann", "topic readwrite home/#", "user bob", "topic read home/light");
            return new BrokerOptions { Port = 0, UsersFile = Path.Combine(_folder.FullName, "passwords"), AclFile = Path.Combine(_folder.FullName, "acl"), Username = "admin", Password = "c" };
        }
    }

    [Fact]
    public async Task Each_user_has_a_password_of_his_own()
    {
        foreach (var (user, password, isRight) in new[] { ("ann", "a", true), ("bob", "b", true), ("admin", "c", true), ("ann", "b", false), ("eve", "a", false), ("ann", "a", true), ("ann", "b", false) })
        {
            var answer = (await ConnectAsync(As(user, password))).Connected.ResultCode;
            Assert.Equal(isRight ? MqttClientConnectResultCode.Success : MqttClientConnectResultCode.BadUserNameOrPassword, answer);
        }

        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, (await ConnectAsync(ClientOptions())).Connected.ResultCode);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task What_a_user_may_not_do_is_answered_as_such(MqttProtocolVersion version)
    {
        var ann = await ConnectAsync(As("ann", "a", version));
        var bob = await ConnectAsync(As("bob", "b", version));
        var refused = version == MqttProtocolVersion.V500 ? MqttClientSubscribeResultCode.NotAuthorized : MqttClientSubscribeResultCode.UnspecifiedError;
        Assert.Equal(refused, (await bob.SubscribeAsync("garden/#")).Items.Single().ResultCode);
        await bob.SubscribeAsync("#");
        await ann.SubscribeAsync("home/door");

        await ann.PublishAsync("home/door", "open", retain: true);
        await ann.PublishAsync("home/light", "on");
        var published = await bob.PublishAsync("home/door", "shut", retain: true);

        Assert.Equal(version == MqttProtocolVersion.V500 ? MqttClientPublishReasonCode.NotAuthorized : MqttClientPublishReasonCode.Success, published.ReasonCode);
        Assert.Equal("on", await bob.NextAsync("home/light"));
        Assert.Equal("open", await ann.NextAsync("home/door"));
        await bob.SubscribeAsync("home/+");
        await ann.PublishAsync("home/light", "off");
        Assert.Equal("off", await bob.NextAsync("home/light"));
    }

    [Fact]
    public async Task A_will_that_its_client_may_not_publish_is_refused()
    {
        var options = As("bob", "b").WithWillTopic("home/door").WithWillPayload("x");

        Assert.Equal(MqttClientConnectResultCode.NotAuthorized, (await ConnectAsync(options)).Connected.ResultCode);
    }

    [Fact]
    public async Task Files_are_read_again_without_touching_who_is_connected()
    {
        var ann = await ConnectAsync(As("ann", "a"));
        await ann.SubscribeAsync("home/door");
        Write("passwords", $"eve:{PasswordHash.Create("e"u8, 10)}");
        Write("acl", "user eve", "topic write home/door", "user ann", "topic read home/door");
        Assert.True(Broker.ReloadAccess());

        var eve = await ConnectAsync(As("eve", "e"));
        Assert.Equal(MqttClientConnectResultCode.BadUserNameOrPassword, (await ConnectAsync(As("ann", "a"))).Connected.ResultCode);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await eve.PublishAsync("home/door", "open")).ReasonCode);
        Assert.Equal("open", await ann.NextAsync("home/door"));
        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, (await ann.PublishAsync("home/door", "shut")).ReasonCode);
    }

    [Fact]
    public async Task Files_that_are_wrong_are_all_said_and_stop_a_start()
    {
        Write("bad-passwords", "ann:plain");
        Write("bad-acl", "topics a");
        var options = new BrokerOptions { Port = 0, UsersFile = Path.Combine(_folder.FullName, "bad-passwords"), AclFile = Path.Combine(_folder.FullName, "bad-acl") };

        var failure = await Assert.ThrowsAsync<BrokerException>(() => MqttBroker.StartAsync(options, Log, Token));

        Assert.Equal(BrokerErrorKind.InvalidOptions, failure.Kind);
        Assert.Contains("bad-passwords:1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("bad-acl:1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("/no/such", (await Assert.ThrowsAsync<BrokerException>(() => MqttBroker.StartAsync(options with { AclFile = "/no/such" }, Log, Token))).Message, StringComparison.Ordinal);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private MqttClientOptionsBuilder As(string user, string password, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        ClientOptions(version: version).WithCredentials(user, password);

    private void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(_folder.FullName, name), lines);
}
