using CsCheck;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Guards;

namespace IotMqtt.Engine.Tests.Running.Guards;

public sealed class RetryDelayTests
{
    [Fact]
    public void Chance_moves_a_delay_by_the_jitter_at_most_and_the_same_seed_the_same() => Gen.Select(Gen.ULong, Gen.Int[1, 12]).Sample((seed, attempt) =>
    {
        var policy = new RetryPolicy { Attempts = 20, Jitter = 0.2 };
        var plain = RetryDelay.After(policy with { Jitter = 0 }, attempt, seed);
        var moved = RetryDelay.After(policy, attempt, seed);

        Assert.InRange(moved / plain, 0.8, 1.2);
        Assert.Equal(moved, RetryDelay.After(policy, attempt, seed));
    });

    [Theory]
    [InlineData(Backoff.Exponential, 5, 3200)]
    [InlineData(Backoff.Exponential, 9, 5000)]
    [InlineData(Backoff.Exponential, 2000, 5000)]
    [InlineData(Backoff.Linear, 5, 1000)]
    [InlineData(Backoff.Constant, 5, 200)]
    public void A_delay_grows_by_its_backoff_up_to_its_bound(Backoff backoff, int attempt, int milliseconds) => Assert.Equal(
        TimeSpan.FromMilliseconds(milliseconds),
        RetryDelay.After(new RetryPolicy { Attempts = 9, Backoff = backoff, Jitter = 0 }, attempt, 1));
}
