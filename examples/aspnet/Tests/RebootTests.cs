using System.Net;
using IotMqtt.Testing.Xunit;
using Microsoft.AspNetCore.Mvc.Testing;

namespace IotMqtt.Examples;

/// <summary>A back end in ASP.NET Core, tested with devices that stand in. Run as it is.</summary>
public sealed class RebootTests : LabTest
{
    [Fact]
    public async Task A_unit_that_says_so_has_rebooted()
    {
        await Lab.Device("unit-7").When("acme/SN7/downlink", m => m["op"] == "reboot").Reply("acme/SN7/uplink", m => new { id = m["id"], ok = true });
        await using var backEnd = BackEnd();

        var answer = await backEnd.CreateClient().PostAsync("/units/SN7/reboot", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(Lab.Device("unit-7").Received);
    }

    [Fact]
    public async Task A_unit_that_is_lost_is_not_said_to_have_rebooted()
    {
        await Lab.Device("unit-7").When("acme/SN7/downlink").Ignore();
        await using var backEnd = BackEnd(("Acme:PatienceMs", "200"));

        var answer = await backEnd.CreateClient().PostAsync("/units/SN7/reboot", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.GatewayTimeout)]
    [InlineData(true, HttpStatusCode.OK)] // The bug: a late answer to the first request was taken for that to the second.
    public async Task A_late_answer_is_not_that_to_the_next_request(bool hasBug, HttpStatusCode expected)
    {
        // The answer to the first request comes when the second is open: late, as devices are.
        await Lab.Device("unit-7").When("acme/SN7/downlink", m => m["id"] == 2).Reply("acme/SN7/uplink", new { id = 1, ok = true });
        await using var backEnd = BackEnd(("Acme:PatienceMs", "1000"), ("Acme:TakesAnyAnswer", $"{hasBug}"));
        using var client = backEnd.CreateClient();

        var first = await client.PostAsync("/units/SN7/reboot", null, TestContext.Current.CancellationToken);
        var second = await client.PostAsync("/units/SN7/reboot", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.GatewayTimeout, expected), (first.StatusCode, second.StatusCode));
    }

    private WebApplicationFactory<Program> BackEnd(params (string Key, string Value)[] settings) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("Mqtt:Url", Lab.BrokerUri.ToString()).UseSetting("Logging:LogLevel:Default", "Warning");
            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }
        });
}
