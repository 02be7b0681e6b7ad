namespace IotMqtt.Broker.Access;

/// <summary>How often something has happened to whom within a minute. What was a minute ago is forgotten, and so is who is one of too many.</summary>
internal sealed class Tally(Clock clock)
{
    public const long Window = 60_000;

    private const int MaxKept = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <returns>How often, this time included.</returns>
    public int Add(string key)
    {
        lock (_lock)
        {
            var entry = Find(key);
            if (entry is null)
            {
                Forget();
                _entries[key] = entry = new Entry { Since = clock.Now };
            }

            return ++entry.Count;
        }
    }

    public int Of(string key)
    {
        lock (_lock)
        {
            return Find(key)?.Count ?? 0;
        }
    }

    /// <returns>Whether to say it: once until it is forgotten.</returns>
    public bool IsNews(string key)
    {
        lock (_lock)
        {
            if (Find(key) is not { IsSaid: false } entry)
            {
                return false;
            }

            entry.IsSaid = true;
            return true;
        }
    }

    private Entry? Find(string key) => _entries.TryGetValue(key, out var entry) && clock.Now - entry.Since < Window ? entry : null;

    private void Forget()
    {
        if (_entries.Count < MaxKept)
        {
            return;
        }

        var now = clock.Now;
        var oldest = _entries.OrderBy(entry => entry.Value.Since).Take(MaxKept / 2).Where(entry => entry.Value.Count < 2 || now - entry.Value.Since >= Window);
        foreach (var key in oldest.Select(entry => entry.Key).ToList())
        {
            _entries.Remove(key);
        }

        if (_entries.Count >= MaxKept)
        {
            _entries.Clear();
        }
    }

    private sealed class Entry
    {
        public long Since { get; init; }

        public int Count { get; set; }

        public bool IsSaid { get; set; }
    }
}
