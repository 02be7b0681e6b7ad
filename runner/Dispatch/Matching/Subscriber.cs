using IotMqtt.Engine.Running;
using IotMqtt.Protocol.Links;

namespace IotMqtt.Runner.Dispatch.Matching;

/// <summary>
/// Subscribes for matchers, each filter as long as one of them needs it. A filter that is subscribed already is subscribed again
/// for a new matcher, so that it, too, gets what is retained. Owned by the run loop; answers come from other threads.
/// </summary>
/// <param name="link">Over which connection.</param>
/// <param name="answered">Told of each answer, and of why not where the broker refused.</param>
internal sealed class Subscriber(MqttLink link, Action<Ticket, string?> answered) : IAsyncDisposable
{
    private readonly Dictionary<string, Use> _uses = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _life = new();

    public void Subscribe(Ticket ticket, string filter)
    {
        if (!_uses.TryGetValue(filter, out var use))
        {
            _uses.Add(filter, use = new Use());
        }

        use.Count++;
        use.Last = SubscribeAsync(use.Last, ticket, filter);
    }

    public void Unsubscribe(string filter)
    {
        // A use that ends stays: the next one of the same filter must not overtake its unsubscribing.
        var use = _uses[filter];
        if (--use.Count == 0)
        {
            use.Last = UnsubscribeAsync(use.Last, filter);
        }
    }

    /// <summary>Ends all subscriptions.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (filter, use) in _uses)
        {
            if (use.Count > 0)
            {
                use.Last = UnsubscribeAsync(use.Last, filter);
            }
        }

        await Task.WhenAll(_uses.Values.Select(use => use.Last));
        await _life.CancelAsync();
        _life.Dispose();
    }

    private async Task SubscribeAsync(Task before, Ticket ticket, string filter)
    {
        await before;
        var result = await link.SubscribeAsync(new Subscription(filter), _life.Token);
        answered(ticket, result.IsGranted ? null : result.Failure ?? $"the broker refused the subscription to '{filter}'");
    }

    private async Task UnsubscribeAsync(Task before, string filter)
    {
        await before;
        await link.UnsubscribeAsync(filter, _life.Token);
    }

    private sealed class Use
    {
        public int Count { get; set; }

        public Task Last { get; set; } = Task.CompletedTask;
    }
}
