using System.Diagnostics;
using IotMqtt.Devices.Tests.Support;
using IotMqtt.Protocol.Links;
using IotMqtt.Testing;

namespace IotMqtt.Devices.Tests.Fleet;

/// <summary>A worker on Mosquitto.</summary>
public sealed class MosquittoFleetTests(Mosquitto broker) : FleetSuite, IClassFixture<Mosquitto>
{
    protected override BrokerUrl Broker => broker.Url;

    [Fact]
    public async Task A_plain_request_response_client_gets_the_terminal_acknowledgement()
    {
        await using var host = await StartAsync("plain", ["a"]);
        using var process = Process.Start(new ProcessStartInfo(Tool.Find("mosquitto_rr", "mosquitto-clients"))
        {
            ArgumentList = { "-V", "mqttv5", "-p", $"{broker.Port}", "-t", "plain/devices/a/cmd/add", "-e", "plain/replies", "-m", """{"by":3}""", "-W", "30" },
            RedirectStandardOutput = true,
        })!;
        var answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("""{"status":"succeeded","result":3,"state":{"count":3},"revision":1,"times":{"accepted":""", answer, StringComparison.Ordinal);
    }
}
