using System.Diagnostics;
using IotMqtt.Engine.Running;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Timing;

namespace IotMqtt.Runner.Dispatch.Commands;

/// <summary>A command that has not ended. It follows its own publishes, so that no table stands between a slot and a deadline.</summary>
internal sealed class OpenCommand : IPublishObserver
{
    private const int Waiting = 0;
    private const int Gone = 1;
    private const int Withdrawn = 2;

    private readonly RunClock _clock;
    private readonly IWorldSink _sink;
    private int _state;
    private bool _triedAgain;

    public OpenCommand(CommandId id, KnownDevice device, OutgoingMessage message, TimeSpan budget, long epoch, RunClock clock, IWorldSink sink)
    {
        Id = id;
        Device = device;
        Message = message;
        Budget = budget;
        Epoch = epoch;
        _clock = clock;
        _sink = sink;
    }

    public CommandId Id { get; }

    public KnownDevice Device { get; }

    public OutgoingMessage Message { get; }

    public TimeSpan Budget { get; }

    public long Epoch { get; }

    /// <summary>Its span, where it is traced.</summary>
    public Activity? Span { get; init; }

    /// <summary>When it was ordered, for the first time.</summary>
    public TimeSpan OrderedAt { get; init; }

    public bool IsWithdrawn => Volatile.Read(ref _state) == Withdrawn;

    /// <summary>Whether a publish that did not leave although there is a connection is worth one more try: the connection may be a new one.</summary>
    public bool MayTryAgain()
    {
        var first = !_triedAgain;
        _triedAgain = true;
        return first;
    }

    /// <summary>Keeps it from being sent. False: it has been sent already.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) != Gone;

    // The deadline counts from here (rule 8), and the reply has been awaited since before.
    bool IPublishObserver.OnGranted(long token, long timestamp)
    {
        if (Interlocked.CompareExchange(ref _state, Gone, Waiting) == Withdrawn)
        {
            return false;
        }

        _sink.Post(new Fact.Published(_clock.At(timestamp), Id.Value));
        return true;
    }

    void IPublishObserver.OnCompleted(long token, PublishResult result)
    {
        switch (result.Outcome)
        {
            case PublishOutcome.NoSubscribers:
                Fail(PublishFailure.NoSubscribers, null);
                break;
            case PublishOutcome.Refused:
                Fail(PublishFailure.Refused, $"the broker refused the message with reason code {result.ReasonCode}");
                break;
            case PublishOutcome.NotSent:
                _sink.NotSent(this);
                break;
            default:
                // Taken: the acknowledgement says the rest. Lost: it is settled when the connection is back (rule 9).
                break;
        }
    }

    private void Fail(PublishFailure failure, string? message) =>
        _sink.Post(new Fact.PublishFailed(_clock.Now, Id.Value, failure, message));
}
