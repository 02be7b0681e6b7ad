using IotMqtt.Runner.Reports;

namespace IotMqtt.Runner.Tests.Reports;

public sealed class DurationsTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.31, "0.3 ms")]
    [InlineData(9.96, "10 ms")]
    [InlineData(501.2, "501 ms")]
    [InlineData(999.6, "1.000 s")]
    [InlineData(59_999.6, "1 m 00 s")]
    [InlineData(185_000, "3 m 05 s")]
    [InlineData(3_599_600, "1 h 00 m")]
    [InlineData(7_380_000, "2 h 03 m")]
    public void Short_is_as_precise_as_people_care(double milliseconds, string text) => Assert.Equal(text, Durations.Short(milliseconds));

    [Theory]
    [InlineData(1, "1.000")]
    [InlineData(0.99999, "0.999")]
    [InlineData(0.7, "0.700")]
    public void Only_the_perfect_ratio_is_one(double ratio, string text) => Assert.Equal(text, Durations.Ratio(ratio));
}
