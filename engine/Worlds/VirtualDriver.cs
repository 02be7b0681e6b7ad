using IotMqtt.Engine.Running;

namespace IotMqtt.Engine.Worlds;

/// <summary>Runs a run in a world that has its own time: all facts of a moment, then the next moment.</summary>
/// <param name="run">The run.</param>
/// <param name="world">Its world.</param>
/// <param name="applied">Is told of each fact before it is applied: a journal; null: nobody.</param>
public sealed class VirtualDriver(Run run, IVirtualWorld world, Action<Fact>? applied = null) : IFactSink
{
    private readonly Queue<Fact> _facts = new();
    private readonly EffectBuffer _effects = new();

    /// <summary>Takes a fact, to be applied after those before it.</summary>
    public void Post(Fact fact) => _facts.Enqueue(fact);

    /// <summary>Starts the run and goes on until it has ended.</summary>
    public Verdict Drive(Fact.Started started, CancellationToken cancellationToken = default)
    {
        Post(started);
        while (Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return run.Verdict!;
    }

    /// <summary>Applies the next fact, or goes on to the next moment.</summary>
    /// <returns>False where the run has ended.</returns>
    public bool Step()
    {
        if (run.Verdict is not null)
        {
            return false;
        }

        if (!_facts.TryDequeue(out var fact))
        {
            return world.Advance(this)
                ? true
                : throw new InvalidOperationException($"after {run.Now} nothing happens any more, and the run has not ended");
        }

        applied?.Invoke(fact);
        run.Apply(fact, _effects);
        Perform();
        return true;
    }

    private void Perform()
    {
        world.Perform(_effects.Effects, this);
        _effects.Clear();
    }
}
