using IotMqtt.Engine.Running;
using IotMqtt.Models.Chance;

namespace IotMqtt.Engine.Worlds;

/// <summary>Runs a run in a world that has its own time: all facts of a moment, then the next moment.</summary>
/// <param name="run">The run.</param>
/// <param name="world">Its world.</param>
/// <param name="applied">Is told of each fact before it is applied: a journal; null: nobody.</param>
internal sealed class VirtualDriver(Run run, IVirtualWorld world, Action<Fact>? applied = null) : IFactSink
{
    /// <summary>What no run in virtual time outlasts, unless it has a timeout of its own: as long as a duration can be.</summary>
    public static TimeSpan Longest => DurationText.Longest;

    private readonly Queue<Fact> _facts = new();
    private readonly EffectBuffer _effects = new();

    /// <summary>Takes a fact, to be applied after those before it.</summary>
    public void Post(Fact fact) => _facts.Enqueue(fact);

    /// <summary>Starts the run and goes on until it has ended.</summary>
    /// <param name="started">Its first fact.</param>
    /// <param name="cancellationToken">Interrupts the run: it ends by its own rules.</param>
    /// <param name="abandon">Interrupts it a second time: it waits for nothing any more.</param>
    public Verdict Drive(Fact.Started started, CancellationToken cancellationToken = default, CancellationToken abandon = default)
    {
        var interrupts = 0;
        Post(started);
        while (Step())
        {
            var wanted = abandon.IsCancellationRequested ? 2 : cancellationToken.IsCancellationRequested ? 1 : 0;
            for (; interrupts < wanted; interrupts++)
            {
                Post(new Fact.CancelAsked(world.Now, CancelReason.Interrupted));
            }
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
