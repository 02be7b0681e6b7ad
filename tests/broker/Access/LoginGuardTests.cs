using System.Net;
using IotMqtt.Broker.Access;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IotMqtt.Broker.Tests.Access;

public sealed class LoginGuardTests
{
    private static readonly IPEndPoint One = new(IPAddress.Parse("192.0.2.1"), 1);
    private static readonly IPEndPoint Other = new(IPAddress.Parse("192.0.2.2"), 1);

    private readonly FakeTimeProvider _time = new();
    private readonly LoginGuard _guard;

    public LoginGuardTests() => _guard = new LoginGuard(new BrokerOptions { MaxFailedLogins = 5 }, new Clock(_time), NullLogger<LoginGuard>.Instance);

    [Fact]
    public void An_address_is_answered_later_and_later_and_then_refused_until_a_minute_is_over()
    {
        var delays = Enumerable.Range(0, 5).Select(i => _guard.OnFailed(One, $"c{i}", "ann").TotalMilliseconds).ToList();

        Assert.Equal([0, 100, 200, 300, 400], delays);
        Assert.True(_guard.IsBlocked(new IPEndPoint(One.Address, 2)));
        Assert.False(_guard.IsBlocked(Other));
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(_guard.IsBlocked(One));
        Assert.Equal(TimeSpan.Zero, _guard.OnFailed(One, "c0", "ann"));
    }

    [Fact]
    public void A_client_id_is_answered_later_from_wherever_and_locked_out_by_nobody()
    {
        var delay = Enumerable.Range(0, 60).Select(i => _guard.OnFailed(new IPEndPoint(IPAddress.Parse($"198.51.100.{i}"), 1), "victim", "ann")).ToList()[^1];

        Assert.Equal(TimeSpan.FromSeconds(2), delay);
        Assert.False(_guard.IsBlocked(One));
    }

    [Fact]
    public void All_of_an_IPv6_network_is_one()
    {
        for (var i = 0; i < 5; i++)
        {
            _guard.OnFailed(new IPEndPoint(IPAddress.Parse($"2001:db8::{i}"), 1), $"c{i}", null);
        }

        Assert.True(_guard.IsBlocked(new IPEndPoint(IPAddress.Parse("2001:db8::ffff"), 1)));
        Assert.False(_guard.IsBlocked(new IPEndPoint(IPAddress.Parse("2001:db8:0:1::"), 1)));
    }

    [Fact]
    public void A_client_that_connects_without_end_is_refused_for_a_while()
    {
        Assert.All(Enumerable.Range(0, LoginGuard.MaxConnects), _ => Assert.False(_guard.IsFlapping("c")));
        Assert.True(_guard.IsFlapping("c"));
        Assert.False(_guard.IsFlapping("d"));
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(_guard.IsFlapping("c"));
    }

    [Fact]
    public void What_is_kept_of_very_many_is_bounded()
    {
        var tally = new Tally(new Clock(_time));
        for (var i = 0; i < 100_000; i++)
        {
            tally.Add($"{i}");
        }

        Assert.Equal(1, tally.Of("99999"));
        Assert.Equal(0, tally.Of("1"));
    }
}
