using System.Collections.Immutable;
using IotMqtt.Engine.Running;

namespace IotMqtt.Runner.Running;

/// <summary>Several observers as one.</summary>
internal sealed class RunObservers : IRunObserver
{
    private readonly ImmutableArray<IRunObserver> _all;

    private RunObservers(ImmutableArray<IRunObserver> all) => _all = all;

    /// <summary>Null where there is none: then the run makes nothing for them.</summary>
    public static IRunObserver? Of(ImmutableArray<IRunObserver> observers) => observers switch
    {
        [] => null,
        [var one] => one,
        _ => new RunObservers(observers),
    };

    public void Started(in NodeStarted node)
    {
        foreach (var observer in _all)
        {
            observer.Started(node);
        }
    }

    public void Progressed(in CommandProgressed progress)
    {
        foreach (var observer in _all)
        {
            observer.Progressed(progress);
        }
    }

    public void Ended(in NodeEnded node)
    {
        foreach (var observer in _all)
        {
            observer.Ended(node);
        }
    }
}
