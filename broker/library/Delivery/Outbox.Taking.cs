using System.Diagnostics.CodeAnalysis;

namespace IotMqtt.Broker.Delivery;

/// <summary>Which message is next: those of an earlier connection, then in the order of all, but QoS 0 waits for no acknowledgement.</summary>
internal sealed partial class Outbox
{
    private bool TryTakeNext(long now, [NotNullWhen(true)] out OutgoingMessage? message, out bool isAgain)
    {
        isAgain = TryTakeAgain(out message);
        return isAgain
            || _again is null && TryTakeGuaranteed(now, out message)
            || TryTakeUnguaranteed(now, long.MaxValue, out message);
    }

    private bool TryTakeAgain([NotNullWhen(true)] out OutgoingMessage? message)
    {
        while (_again is not null && _again.TryPeek(out message))
        {
            var isOpen = _inFlight!.GetValueOrDefault(message.PacketIdentifier) == message;
            if (isOpen && !message.IsReceived)
            {
                if (_quota <= 0)
                {
                    return false;
                }

                (message.TakesQuota, _quota) = (true, _quota - 1);
            }

            _again.Dequeue();
            if (isOpen)
            {
                return true;
            }
        }

        (_again, message) = (null, null);
        return false;
    }

    private bool TryTakeGuaranteed(long now, [NotNullWhen(true)] out OutgoingMessage? message)
    {
        while (_guaranteed is not null && _guaranteed.TryPeek(out message))
        {
            if (TryTakeUnguaranteed(now, message.Order, out var earlier))
            {
                message = earlier;
                return true;
            }

            if (message.Shared.Deadline <= now)
            {
                Drop(_guaranteed.Dequeue());
                continue;
            }

            if (_quota <= 0 || !TryAssign(message))
            {
                break;
            }

            _guaranteed.Dequeue();
            return true;
        }

        message = null;
        return false;
    }

    private bool TryTakeUnguaranteed(long now, long before, [NotNullWhen(true)] out OutgoingMessage? message)
    {
        while (_unguaranteed is not null && _unguaranteed.TryPeek(out message) && message.Order < before)
        {
            _unguaranteed.Dequeue();
            if (message.Shared.Deadline > now || message.Shared.Deadline is null)
            {
                return true;
            }

            Drop(message);
        }

        message = null;
        return false;
    }

    /// <summary>Gives it a packet identifier that no unacknowledged message has (MQTT 5, section 2.2.1).</summary>
    private bool TryAssign(OutgoingMessage message)
    {
        _inFlight ??= [];
        if (_inFlight.Count == ushort.MaxValue)
        {
            return false;
        }

        do
        {
            _lastIdentifier = _lastIdentifier == ushort.MaxValue ? (ushort)1 : (ushort)(_lastIdentifier + 1);
        }
        while (!_inFlight.TryAdd(_lastIdentifier, message));
        (message.PacketIdentifier, message.TakesQuota, _quota) = (_lastIdentifier, true, _quota - 1);
        return true;
    }
}
