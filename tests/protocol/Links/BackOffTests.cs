using CsCheck;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Protocol.Tests.Links;

public sealed class BackOffTests
{
    [Fact]
    public void Waits_double_up_to_the_maximum()
    {
        var backOff = new BackOff { Initial = TimeSpan.FromMilliseconds(100), Max = TimeSpan.FromSeconds(1), Jitter = 0 };

        Assert.Equal([100, 200, 400, 800, 1000, 1000], Enumerable.Range(0, 6).Select(attempt => backOff.Delay(attempt, 0.3).TotalMilliseconds));
    }

    [Fact]
    public void Chance_takes_at_most_its_part() => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Double[0, 1]).Sample((attempt, chance) =>
    {
        var backOff = new BackOff();
        var longest = backOff.Delay(attempt, 1);

        Assert.InRange(longest, backOff.Initial, backOff.Max);
        Assert.InRange(backOff.Delay(attempt, chance), longest * 0.499, longest);
    });

    [Fact]
    public void Chance_is_the_same_for_the_same_seed_and_spread_over_names()
    {
        var environment = new LinkEnvironment(seed: 7);
        var chances = Enumerable.Range(0, 1_000).Select(number => environment.Chance($"device-{number}", 0)).ToList();

        Assert.Equal(chances[1], new LinkEnvironment(seed: 7).Chance("device-1", 0));
        Assert.NotEqual(chances[1], new LinkEnvironment(seed: 8).Chance("device-1", 0));
        Assert.All(chances, chance => Assert.InRange(chance, 0, 1));
        Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(chances.Count(chance => (int)(chance * 10) == tenth), 60, 140));
    }
}
