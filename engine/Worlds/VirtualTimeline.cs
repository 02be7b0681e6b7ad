namespace IotMqtt.Engine.Worlds;

/// <summary>What is to happen, earliest first; of two at once, the one that was scheduled first.</summary>
internal sealed class VirtualTimeline<T>
{
    private readonly PriorityQueue<T, (TimeSpan At, long Number)> _queue = new();
    private long _number;

    public TimeSpan? Next => _queue.TryPeek(out _, out var next) ? next.At : null;

    public void Add(TimeSpan at, T what) => _queue.Enqueue(what, (at, ++_number));

    public T Take() => _queue.Dequeue();
}
