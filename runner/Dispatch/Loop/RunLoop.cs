using IotMqtt.Engine.Running;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Dispatch.Commands;
using IotMqtt.Runner.Dispatch.Links;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Dispatch.Loop;

/// <summary>
/// Owns a run: all that happens to it passes through one queue and is applied by one thread at a time. With a journal, what a fact
/// brings about is carried out only after the fact has been kept.
/// </summary>
internal sealed partial class RunLoop : IWorldSink, IPlaneListener
{
    private readonly Run _run;
    private readonly MqttWorld _world;
    private readonly IJournal? _journal;
    private readonly ILogger _logger;
    private readonly SerialQueue<LoopItem> _queue;
    private readonly EffectBuffer _effects = new();
    private readonly List<Fact> _unkept = [];
    private readonly TaskCompletionSource<Verdict> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _last;

    public RunLoop(Run run, IJournal? journal, ILogger logger, Func<RunLoopPorts, MqttWorld> world)
    {
        _run = run;
        _journal = journal;
        _logger = logger;
        _queue = new SerialQueue<LoopItem>(Handle, FlushAsync, Fail);
        _world = world(new RunLoopPorts(this, Post, Fail));
    }

    /// <summary>How the run ended. Fails where it could not go on: a bug, or a broker that is gone for good.</summary>
    public Task<Verdict> Ended => _ended.Task;

    public void Post(Fact fact) => _queue.Post(new LoopItem(fact, null));

    /// <summary>Hands the world something to look at.</summary>
    public void Post(WorldEvent happened) => _queue.Post(new LoopItem(null, happened));

    /// <summary>Ends the run: it cannot go on.</summary>
    public void Fail(Exception exception)
    {
        if (_ended.TrySetException(exception))
        {
            Log.Broken(_logger, exception);
        }
    }

    public void NotSent(OpenCommand command) => Post(new WorldEvent.NotSent(command));

    bool IPlaneListener.OnAcknowledgement(in ReceivedAcknowledgement received)
    {
        Post(new WorldEvent.Acknowledged(received));
        return true;
    }

    void IPlaneListener.OnMessage(IncomingMessage message, in TopicAddress? address) => Post(new WorldEvent.Message(message, address));

    void IPlaneListener.OnLink(int link, LinkStatus status) => Post(new WorldEvent.Link(link, status));

    private void Handle(LoopItem item)
    {
        if (_ended.Task.IsCompleted)
        {
            return;
        }

        if (item.Event is { } happened)
        {
            _world.Handle(happened);
            return;
        }

        var fact = InOrder(item.Fact!);
        _run.Apply(fact, _effects);
        if (_journal is null)
        {
            Perform();
        }
        else
        {
            _unkept.Add(fact);
        }
    }

    private ValueTask FlushAsync()
    {
        if (_unkept.Count == 0)
        {
            return ValueTask.CompletedTask;
        }

        var facts = _unkept.ToArray();
        _unkept.Clear();
        var kept = _journal!.AppendAsync(facts, CancellationToken.None);
        if (kept.IsCompletedSuccessfully)
        {
            Perform();
            return ValueTask.CompletedTask;
        }

        return PerformAfterAsync(kept);
    }

    private async ValueTask PerformAfterAsync(ValueTask kept)
    {
        await kept;
        Perform();
    }

    private void Perform()
    {
        var effects = _effects.Effects;
        if (effects.IsEmpty)
        {
            return;
        }

        _world.Perform(effects, this);
        var ended = effects[^1] as Effect.Ended;
        _effects.Clear();
        if (ended is not null)
        {
            _ended.TrySetResult(ended.Verdict);
        }
    }

    // Facts come from several threads, each with the time at which it happened there; the run takes them in one order.
    private Fact InOrder(Fact fact)
    {
        if (fact.At < _last)
        {
            return fact with { At = _last };
        }

        _last = fact.At;
        return fact;
    }
}
