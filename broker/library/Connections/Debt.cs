namespace IotMqtt.Broker.Connections;

/// <summary>
/// The answers that a client is owed. MQTTnet queues them without a bound, so a client that sends and never reads would fill the
/// memory: over the limit nothing more is read from it, until it reads.
/// </summary>
internal sealed class Debt(int limit)
{
    private readonly Lock _lock = new();
    private int _owed;
    private TaskCompletionSource? _waiter;

    public void Owe()
    {
        lock (_lock)
        {
            _owed++;
        }
    }

    public void Repay()
    {
        lock (_lock)
        {
            _owed--;
            if (_owed < limit)
            {
                WakeWaiter();
            }
        }
    }

    /// <summary>Ends a wait, whatever is owed.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            WakeWaiter();
        }
    }

    public Task WaitAsync()
    {
        lock (_lock)
        {
            if (_owed < limit)
            {
                return Task.CompletedTask;
            }

            _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiter.Task;
        }
    }

    private void WakeWaiter()
    {
        _waiter?.TrySetResult();
        _waiter = null;
    }
}
