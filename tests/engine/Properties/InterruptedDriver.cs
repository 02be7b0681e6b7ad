using IotMqtt.Engine.Running;
using IotMqtt.Engine.Tests.Running.Scripted;

namespace IotMqtt.Engine.Tests.Properties;

/// <summary>Runs a program, forgets the run after some of its facts, and goes on from its journal in the same world.</summary>
internal sealed class InterruptedDriver(RandomProgram program) : IFactSink
{
    private readonly EffectBuffer _effects = new();
    private readonly List<Fact> _journal = [];
    private Queue<Fact> _underWay = new([RandomProgram.Started]);

    public ScriptedWorld World { get; } = program.World();

    public IReadOnlyList<Fact> Journal => _journal;

    public void Post(Fact fact) => _underWay.Enqueue(fact);

    /// <param name="facts">How many facts are applied before the run is forgotten.</param>
    /// <param name="losesFacts">Whether the facts that had not been applied are forgotten, too.</param>
    public Verdict ResumeAfter(int facts, bool losesFacts)
    {
        var first = new Run(program.Program, World);
        while (_journal.Count < facts)
        {
            Step(first);
        }

        var run = new Run(program.Program, World);
        foreach (var fact in _journal)
        {
            run.Apply(fact, _effects);
        }

        _effects.Clear();
        _underWay = losesFacts ? new() : _underWay;
        run.Owed(_effects);
        Perform();
        while (run.Verdict is null)
        {
            Step(run);
        }

        return run.Verdict;
    }

    private void Step(Run run)
    {
        if (!_underWay.TryDequeue(out var fact))
        {
            Assert.True(World.Advance(this), "nothing happens any more, and the run has not ended");
            return;
        }

        _journal.Add(fact);
        run.Apply(fact, _effects);
        Perform();
    }

    private void Perform()
    {
        World.Perform(_effects.Effects, this);
        _effects.Clear();
    }
}
