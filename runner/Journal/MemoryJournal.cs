using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Journal;

/// <summary>Keeps the facts of a run in memory: to look at them, or to replay them in the same process.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly List<Fact> _facts = [];

    /// <summary>The facts so far, in the order in which they were applied.</summary>
    public IReadOnlyList<Fact> Facts
    {
        get
        {
            lock (_gate)
            {
                return [.. _facts];
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(ReadOnlyMemory<Fact> facts, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _facts.AddRange(facts.Span);
        }

        return ValueTask.CompletedTask;
    }
}
