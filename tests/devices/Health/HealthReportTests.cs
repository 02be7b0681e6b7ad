using IotMqtt.Devices.Health;

namespace IotMqtt.Devices.Tests.Health;

public sealed class HealthReportTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void All_devices_online_is_healthy() => Assert.Null(new HealthReport(Now, 3, 3, 0).Problem(Now));

    [Fact]
    public void Devices_that_are_away_on_purpose_are_no_problem() => Assert.Null(new HealthReport(Now, 3, 2, 1).Problem(Now));

    [Fact]
    public void Devices_that_are_missing_are() => Assert.Equal("2 of 3 devices are online", new HealthReport(Now, 3, 2, 0).Problem(Now));

    [Fact]
    public void A_worker_that_has_fallen_silent_is() =>
        Assert.StartsWith("the worker has said nothing since", new HealthReport(Now, 3, 3, 0).Problem(Now + TimeSpan.FromMinutes(1)), StringComparison.Ordinal);
}
