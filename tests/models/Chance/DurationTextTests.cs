using CsCheck;
using IotMqtt.Models.Chance;

namespace IotMqtt.Models.Tests.Chance;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("5s", 5_000)]
    [InlineData("0s", 0)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1h2m3s4ms", 3_723_004)]
    [InlineData("2m5ms", 120_005)]
    [InlineData("1000h", 3_600_000_000)]
    public void A_duration_is_read(string text, double milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 s")]
    [InlineData(" 5s")]
    [InlineData("1.5s")]
    [InlineData("-5s")]
    [InlineData("s")]
    [InlineData("5s5s")]
    [InlineData("5s1m")]
    [InlineData("5S")]
    [InlineData("5d")]
    [InlineData("5sec")]
    [InlineData("5s ")]
    [InlineData("1001h")]
    [InlineData("99999999999999999999s")]
    [InlineData("999999999h")]
    [InlineData("999999999h999999999m")]
    [InlineData("PT5S")]
    [InlineData("٥s")]
    public void Anything_else_is_none(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("5", "5s")]
    [InlineData("0.5s", "500ms")]
    [InlineData("90s", "1m30s")]
    [InlineData("5 min", "5m")]
    [InlineData("2 Hours", "2h")]
    [InlineData("1d", "24h")]
    [InlineData("soon", null)]
    [InlineData("99999999999h", null)]
    [InlineData("1.2.3", null)]
    public void What_was_meant_is_guessed(string text, string? guess) => Assert.Equal(guess, DurationText.Guess(text));

    [Fact]
    public void Every_duration_is_read_as_it_was_written() =>
        Gen.Long[0, (long)DurationText.Longest.TotalMilliseconds].Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))
            .Sample(duration => DurationText.TryParse(DurationText.Format(duration), out var read) && read == duration);

    [Fact]
    public void No_text_throws_and_what_is_guessed_is_a_duration() =>
        Gen.String[Gen.Char["0123456789.hms -"], 0, 12].Sample(text =>
            !DurationText.TryParse(text, out var duration) || duration >= TimeSpan.Zero
                ? DurationText.Guess(text) is not { } guess || DurationText.TryParse(guess, out _)
                : throw new InvalidOperationException(text));
}
