using IotMqtt.Models.Behaviour.Queues;

namespace IotMqtt.Models.Behaviour.Messages;

/// <summary>Messages that are written and leave later: by their time, and in the order in which they came where that is the same.</summary>
internal sealed class PendingMessages
{
    private readonly List<(TimeSpan Due, OwnMessage Message)> _messages = [];

    public TimeSpan NextDue => _messages.Count == 0 ? CommandEntry.Never : _messages[0].Due;

    public void Add(TimeSpan due, in OwnMessage message)
    {
        var at = _messages.Count;
        while (at > 0 && _messages[at - 1].Due > due)
        {
            at--;
        }

        _messages.Insert(at, (due, message));
    }

    public OwnMessage TakeFirst()
    {
        var (_, message) = _messages[0];
        _messages.RemoveAt(0);
        return message;
    }
}
