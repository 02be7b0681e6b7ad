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
            _uses.Add(filter, use = new Use((uint)_uses.Count + 1));
        }

        use.Count++;
        use.Last = SubscribeAsync(use.Last, ticket, new Subscription(filter) { Identifier = use.Identifier });
    }

    /// <summary>
    /// Whether a message came because of a filter. A broker may deliver it once for each filter that it fits, and each of them sees it once.
    /// </summary>
    public bool IsFor(IncomingMessage message, string filter) =>
        !link.NamesSubscriptions || (_uses.TryGetValue(filter, out var use) && message.SubscriptionIdentifiers.Contains(use.Identifier));

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

    private async Task SubscribeAsync(Task before, Ticket ticket, Subscription subscription)
    {
        await before;
        var result = await link.SubscribeAsync(subscription, _life.Token);
        answered(ticket, result.IsGranted ? null : result.Failure ?? $"the broker refused the subscription to '{subscription.Filter}'");
    }

    private async Task UnsubscribeAsync(Task before, string filter)
    {
        await before;
        await link.UnsubscribeAsync(filter, _life.Token);
    }

    private sealed class Use(uint identifier)
    {
        public uint Identifier => identifier;

        public int Count { get; set; }

        public Task Last { get; set; } = Task.CompletedTask;
    }
}
