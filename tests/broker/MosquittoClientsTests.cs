using System.Diagnostics;
using IotMqtt.Broker.Tests.Support;
using IotMqtt.Testing;

namespace IotMqtt.Broker.Tests;

/// <summary>Debian's Mosquitto clients against our broker, as people use them.</summary>
public sealed class MosquittoClientsTests : BrokerTest
{
    [Theory]
    [InlineData("mqttv311", 0)]
    [InlineData("mqttv311", 2)]
    [InlineData("mqttv5", 1)]
    public async Task Mosquitto_pub_works_without_a_client_id(string version, int qos)
    {
        var subscriber = await ConnectAsync();
        await subscriber.SubscribeAsync("hello");

        await RunAsync("mosquitto_pub", "-V", version, "-q", $"{qos}", "-t", "hello", "-m", "world");

        Assert.Equal("world", await subscriber.NextAsync("hello"));
    }

    [Theory]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Mosquitto_sub_gets_retained_messages(string version)
    {
        await RunAsync("mosquitto_pub", "-V", version, "-q", "1", "-r", "-t", "devices/a/status", "-m", "online");

        Assert.Equal("devices/a/status online 1\n", await RunAsync("mosquitto_sub", "-V", version, "-t", "devices/+/status", "-C", "1", "-F", "%t %p %r"));
    }

    [Fact]
    public async Task Mosquitto_rr_gets_its_answer()
    {
        var device = await ConnectAsync();
        await device.SubscribeAsync("cmd/flush");
        var answering = AnswerAsync(device);

        var answer = await RunAsync("mosquitto_rr", "-V", "mqttv5", "-q", "1", "-t", "cmd/flush", "-e", "ack/me", "-m", "{}", "-D", "publish", "correlation-data", "17");

        await answering;
        Assert.Equal("done 17\n", answer);
    }

    private static async Task AnswerAsync(TestClient device)
    {
        var request = await device.NextAsync();
        Assert.Equal("ack/me", request.ResponseTopic);
        await device.PublishAsync(message => message.WithTopic(request.ResponseTopic)
            .WithPayload($"done {System.Text.Encoding.UTF8.GetString(request.CorrelationData)}").WithCorrelationData(request.CorrelationData));
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Tool.Find(program, "mosquitto-clients"), ["-h", "127.0.0.1", "-p", $"{Broker.Endpoint.Port}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(Token);
            var errors = process.StandardError.ReadToEndAsync(Token);
            await Eventually.Async($"{program} ends", process.WaitForExitAsync(Token), Token);
            Assert.Equal((0, ""), (process.ExitCode, await errors));
            return await output;
        }
        finally
        {
            process.Kill();
        }
    }
}
