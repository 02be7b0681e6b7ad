using MQTTnet;

namespace IotMqtt.Broker.Delivery;

/// <summary>
/// A message on its way to however many sessions: nobody changes it, and it counts in the budget of all once, from the first session
/// that waits for it to the last.
/// </summary>
/// <param name="message">The message.</param>
/// <param name="deadline">When it expires, in milliseconds of the broker's clock; <see langword="null"/>: never.</param>
/// <param name="budget">What it counts in.</param>
/// <param name="isKept">Whether it is a retained one, which counts where it is kept.</param>
internal sealed class SharedMessage(MqttApplicationMessage message, long? deadline, MemoryBudget budget, bool isKept = false)
{
    private readonly Lock _lock = new();
    private int _holders;

    public MqttApplicationMessage Message { get; } = message;

    public long? Deadline { get; } = deadline;

    /// <summary>In bytes, with what it takes in one session.</summary>
    public long Size { get; } = (isKept ? 0 : MessageSize.Of(message)) + MessageSize.Delivery;

    /// <summary>One more session waits for it.</summary>
    /// <returns><see langword="false"/> if that is more than may wait in all.</returns>
    public bool TryHold(bool anyway)
    {
        lock (_lock)
        {
            var more = _holders == 0 ? Size : MessageSize.Delivery;
            if (anyway)
            {
                budget.Take(more);
            }
            else if (!budget.TryTake(more))
            {
                return false;
            }

            _holders++;
            return true;
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            budget.Give(--_holders == 0 ? Size : MessageSize.Delivery);
        }
    }
}
