using IotMqtt.Models.Values;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Testing.Tests;

/// <summary>What a test expects to cross the lab.</summary>
public sealed class ExpectTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_message_that_fits_is_it_also_where_it_came_before_it_was_awaited()
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        var lock_ = lab.Expect("acme/+/downlink", message => message.Value.AsMap["op"] == Value.Of("lock"), cancellationToken: Token);

        await lab.PublishAsync("acme/1/uplink", new { op = "lock" }, cancellationToken: Token);
        await lab.PublishAsync("acme/1/downlink", "not JSON", cancellationToken: Token);
        await lab.PublishAsync("acme/2/downlink", new { op = "lock" }, cancellationToken: Token);
        await lab.PublishAsync("acme/3/downlink", new { op = "lock" }, cancellationToken: Token);

        Assert.Equal("acme/2/downlink", (await lock_).Topic);
    }

    [Fact]
    public async Task What_did_not_come_is_said_with_what_came_instead_and_why_that_did_not_fit()
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        var missed = lab.Expect("acme/+/uplink", message => message.Value.AsMap["ok"].AsBoolean, Soon, Token);
        await lab.PublishAsync("acme/1/uplink", new { ok = false }, cancellationToken: Token);
        await lab.PublishAsync("acme/2/uplink", "fine", cancellationToken: Token);

        var failure = (await Assert.ThrowsAsync<LabException>(() => missed)).Message;

        Assert.Contains("came on acme/+/uplink within 0.3 s", failure, StringComparison.Ordinal);
        Assert.Contains("acme/1/uplink  {\"ok\":false}: the condition does not hold", failure, StringComparison.Ordinal);
        Assert.Contains("acme/2/uplink  fine: the condition cannot be judged", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_comes_on_the_topic_the_last_of_others_are_said()
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);
        var silent = lab.Expect("acme/#", within: Soon, cancellationToken: Token);
        Assert.Contains("Nothing at all came", (await Assert.ThrowsAsync<LabException>(() => silent)).Message, StringComparison.Ordinal);

        var missed = lab.Expect("acme/#", within: Soon, cancellationToken: Token);
        await lab.PublishAsync("acmee/1", "x", cancellationToken: Token);

        Assert.Contains("acmee/1  x", (await Assert.ThrowsAsync<LabException>(() => missed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expectation_ends_with_its_lab()
    {
        var lab = await IotLab.StartAsync(cancellationToken: Token);
        var open = lab.Expect("acme/#", within: TimeSpan.FromHours(1), cancellationToken: Token);

        await lab.DisposeAsync();

        Assert.Contains("disposed", (await Assert.ThrowsAsync<LabException>(() => open)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme/#/x")]
    [InlineData("acme/a+")]
    public async Task What_is_no_filter_is_refused(string filter)
    {
        await using var lab = await IotLab.StartAsync(cancellationToken: Token);

        await Assert.ThrowsAsync<ArgumentException>(() => lab.Expect(filter, cancellationToken: Token));
    }

    [Fact]
    public async Task A_state_is_waited_for_and_what_it_is_instead_is_said()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        var on = lab.Device("light").StateAsync(state => state["power"].AsBoolean, cancellationToken: Token);

        await lab.RunAsync(Do("light.switch-on"), Token);

        Assert.Equal(Value.True, (await on)["power"]);
        var missed = await Assert.ThrowsAsync<LabException>(() => lab.Device("light").StateAsync(state => state["colour"].IsNull, Soon, Token));
        Assert.Contains("\"power\":true", missed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_crosses_the_lab_is_in_the_output_of_the_test()
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var lab = await IotLab.StartAsync(new IotLabOptions { Output = lines.Enqueue }, Token);
        var seen = lab.Expect("hello", cancellationToken: Token);

        await lab.PublishAsync("hello", new byte[] { 0xf0 }, cancellationToken: Token);
        await seen;

        Assert.EndsWith("  hello  {\"hex\":\"f0\"}", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Equal("hello", Assert.Single(lab.Messages).Topic);
    }
}
