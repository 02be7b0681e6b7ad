using System.Diagnostics.CodeAnalysis;
using MQTTnet.Packets;

namespace IotMqtt.Broker.Connections;

/// <summary>
/// The answers that a client is owed, in order. A client that sends and never reads would fill the memory with them: over the limit
/// nothing more is read from it, until it reads.
/// </summary>
internal sealed class Answers(int limit)
{
    private readonly Lock _lock = new();
    private readonly Queue<MqttPacket> _waiting = new();
    private TaskCompletionSource? _waiter;
    private bool _isOver;

    public void Add(MqttPacket answer)
    {
        lock (_lock)
        {
            _waiting.Enqueue(answer);
        }
    }

    public bool TryTake([NotNullWhen(true)] out MqttPacket? answer)
    {
        lock (_lock)
        {
            if (!_waiting.TryDequeue(out answer))
            {
                return false;
            }

            if (_waiting.Count < limit)
            {
                WakeWaiter();
            }

            return true;
        }
    }

    /// <summary>Completes when there is room for another answer.</summary>
    public Task WhenRoomAsync()
    {
        lock (_lock)
        {
            return _waiting.Count < limit || _isOver
                ? Task.CompletedTask
                : (_waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Nobody waits any more, whatever is owed.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isOver = true;
            WakeWaiter();
        }
    }

    private void WakeWaiter()
    {
        _waiter?.TrySetResult();
        _waiter = null;
    }
}
