using IotMqtt.Broker.Routing;

namespace IotMqtt.Broker.Wills;

/// <summary>
/// Publishes wills, at once or after their delay. MQTTnet publishes none on a takeover, knows no delay and takes a DISCONNECT
/// "with will message" for a clean one, so wills do not reach it.
/// </summary>
internal sealed class WillKeeper(Router router, Clock clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (Will Will, long Due)> _waiting = new(StringComparer.Ordinal);

    /// <summary>The connection is gone. <paramref name="sessionLives"/>: how long the session outlives it; a will never waits longer.</summary>
    public void OnGone(Will will, TimeSpan sessionLives)
    {
        var delay = will.Delay < sessionLives ? will.Delay : sessionLives;
        if (delay <= TimeSpan.Zero)
        {
            Publish(will);
            return;
        }

        lock (_lock)
        {
            _waiting[will.ClientId] = (will, clock.Now + (long)delay.TotalMilliseconds);
        }
    }

    /// <summary>The client is back: a will that still waits is not sent, unless its session has ended.</summary>
    public void OnBack(string clientId, bool sessionResumed)
    {
        if (TakeIf(clientId, _ => true) is { } will && !sessionResumed)
        {
            Publish(will);
        }
    }

    public void PublishDue()
    {
        var now = clock.Now;
        List<string> due;
        lock (_lock)
        {
            due = [.. _waiting.Where(entry => entry.Value.Due <= now).Select(entry => entry.Key)];
        }

        foreach (var clientId in due)
        {
            if (TakeIf(clientId, at => at <= now) is { } will)
            {
                Publish(will);
            }
        }
    }

    private Will? TakeIf(string clientId, Predicate<long> isDue)
    {
        lock (_lock)
        {
            return _waiting.TryGetValue(clientId, out var entry) && isDue(entry.Due) && _waiting.Remove(clientId) ? entry.Will : null;
        }
    }

    private void Publish(Will will) => router.Route(will.ClientId, will.Message);
}
