using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Commands;

/// <summary>One request that is waited for. Its time counts from the moment when its publish is granted a slot.</summary>
internal sealed class PendingRequest : IPublishObserver, IDisposable
{
    private readonly TaskCompletionSource<Reply> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _timeout;
    private readonly IProgress<Acknowledgement>? _phases;
    private readonly ITimer _timer;

    public PendingRequest(DeviceId device, TimeSpan timeout, IProgress<Acknowledgement>? phases, TimeProvider time)
    {
        Device = device;
        _timeout = timeout;
        _phases = phases;

        // Also bounds the wait for the slot.
        _timer = time.CreateTimer(static state => ((PendingRequest)state!).End(ReplyOutcome.TimedOut), this, timeout, Timeout.InfiniteTimeSpan);
    }

    public DeviceId Device { get; }

    public Task<Reply> Task => _completion.Task;

    public bool OnGranted(long token, long timestamp) =>
        !_completion.Task.IsCompleted && _timer.Change(_timeout, Timeout.InfiniteTimeSpan);

    public void OnCompleted(long token, PublishResult result)
    {
        switch (result.Outcome)
        {
            case PublishOutcome.NoSubscribers:
                End(ReplyOutcome.Unreachable);
                break;
            case PublishOutcome.Refused:
                End(ReplyOutcome.Refused);
                break;
            case PublishOutcome.NotSent:
                End(ReplyOutcome.NotSent);
                break;
            default:
                // Taken, or lost and perhaps taken: the answer may still come.
                break;
        }
    }

    public void OnAcknowledgement(Acknowledgement acknowledgement)
    {
        if (acknowledgement.IsTerminal)
        {
            _completion.TrySetResult(new Reply(ReplyOutcome.Answered, acknowledgement));
        }
        else
        {
            _phases?.Report(acknowledgement);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void End(ReplyOutcome outcome) => _completion.TrySetResult(new Reply(outcome));
}
