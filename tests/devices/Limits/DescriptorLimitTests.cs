using IotMqtt.Devices.Limits;

namespace IotMqtt.Devices.Tests.Limits;

public sealed class DescriptorLimitTests
{
    [Fact]
    public void The_soft_limit_is_read_from_the_table_of_the_kernel()
    {
        string[] table =
        [
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max processes             95921                95921                processes ",
            "Max open files            1024                 524288               files     ",
        ];

        Assert.True(DescriptorLimit.TryRead(table, out var limit));
        Assert.Equal(1024, limit);
    }

    [Fact]
    public void An_unlimited_table_says_nothing() =>
        Assert.False(DescriptorLimit.TryRead(["Max open files            unlimited            unlimited            files     "], out _));

    [Fact]
    public void A_fleet_that_fits_is_no_trouble() => Assert.Null(DescriptorLimit.Check(800, 1, open: 100, limit: 1024));

    [Fact]
    public void A_fleet_that_does_not_is_told_what_it_needs_and_what_would_fit()
    {
        var said = DescriptorLimit.Check(1000, 1, open: 100, limit: 1024);

        Assert.Equal(
            "1000 devices need 1164 open files, and this process may have 1024: raise the limit (ulimit -n 1164), "
                + "or start more workers with at most 860 devices each",
            said);
    }
}
