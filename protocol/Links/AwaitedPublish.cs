namespace IotMqtt.Protocol.Links;

/// <summary>One publish that somebody awaits.</summary>
internal sealed class AwaitedPublish : IPublishObserver
{
    private readonly TaskCompletionSource<PublishResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _registration;

    public AwaitedPublish(CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((AwaitedPublish)state!)._completion.TrySetCanceled(token), this);
    }

    public Task<PublishResult> Task => _completion.Task;

    public bool OnGranted(long token, long timestamp) => !_cancellationToken.IsCancellationRequested;

    public void OnCompleted(long token, PublishResult result)
    {
        _registration.Dispose();
        _completion.TrySetResult(result);
    }
}
