using IotMqtt.Testing;
using Microsoft.Extensions.Time.Testing;

namespace IotMqtt.Broker.Tests.Support;

/// <summary>A broker whose time stands still until the test moves it.</summary>
public abstract class TimedBrokerTest : BrokerTest
{
    private protected FakeTimeProvider Clock { get; } = new();

    internal override TimeProvider Time => Clock;

    private protected void Pass(double seconds) => Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Moves the time until something that only a passing of time brings about has come about.</summary>
    private protected Task SweepUntilAsync(string reason, Func<bool> holds) => Eventually.Async(reason, () =>
    {
        // The sweeper arms its timer again after each round: a small step each, so that it does not matter when.
        Pass(0.001);
        Pass(0.25);
        return holds();
    }, Token);
}
