using System.Collections.Concurrent;

namespace IotMqtt.Runner.Dispatch.Loop;

/// <summary>
/// Handles items one at a time, in order, without a thread of its own: whoever posts to an idle queue handles what is in it. So
/// an acknowledgement is turned into the next publish on the thread that received it, with no hop between. The handler must
/// neither block nor wait; what has to be waited for (a journal on a disk) is flushed once for all that has been handled.
/// </summary>
internal sealed class SerialQueue<T>
{
    private const int MaxBatch = 256;

    private readonly ConcurrentQueue<T> _items = new();
    private readonly Action<T> _handle;
    private readonly Func<ValueTask> _flush;
    private readonly Action<Exception> _failed;
    private int _pending;

    /// <param name="handle">What to do with an item.</param>
    /// <param name="flush">What to do when there is nothing more to handle, or much has been handled; nothing is handled meanwhile.</param>
    /// <param name="failed">Where an exception of the two goes: a bug, and no reason to strand what is queued behind it.</param>
    public SerialQueue(Action<T> handle, Func<ValueTask> flush, Action<Exception> failed)
    {
        _handle = handle;
        _flush = flush;
        _failed = failed;
    }

    /// <summary>Queues an item; handles it before this returns, unless another thread (or a caller up this stack) is at it.</summary>
    public void Post(T item)
    {
        _items.Enqueue(item);
        if (Interlocked.Increment(ref _pending) == 1)
        {
            Drain();
        }
    }

    private void Drain()
    {
        int handled;
        do
        {
            handled = HandleSome();
            var flushed = Flush();
            if (!flushed.IsCompletedSuccessfully)
            {
                _ = DrainAfterAsync(flushed, handled);
                return;
            }
        }
        while (Interlocked.Add(ref _pending, -handled) > 0);
    }

    // What is posted meanwhile is counted and waits: the queue is not idle.
    private async Task DrainAfterAsync(ValueTask flushed, int handled)
    {
        try
        {
            await flushed;
        }
        catch (Exception exception)
        {
            _failed(exception);
        }

        if (Interlocked.Add(ref _pending, -handled) > 0)
        {
            Drain();
        }
    }

    private int HandleSome()
    {
        var handled = 0;
        while (handled < MaxBatch && _items.TryDequeue(out var item))
        {
            handled++;
            try
            {
                _handle(item);
            }
            catch (Exception exception)
            {
                _failed(exception);
            }
        }

        return handled;
    }

    private ValueTask Flush()
    {
        try
        {
            return _flush();
        }
        catch (Exception exception)
        {
            _failed(exception);
            return ValueTask.CompletedTask;
        }
    }
}
