using System.Text;
using IotMqtt.Models.Devices.Messages;

namespace IotMqtt.Testing.Messages;

/// <summary>A message that somebody waits for, and the nearest that came instead.</summary>
internal sealed class Awaited(string filter, Func<LabMessage, bool>? where)
{
    private const int MaxNearest = 5;

    private readonly TaskCompletionSource<LabMessage> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Queue<(LabMessage Message, string Why)> _near = new();
    private readonly Queue<LabMessage> _far = new();
    private int _seen;

    /// <summary>The first that fits.</summary>
    public Task<LabMessage> Found => _found.Task;

    /// <summary>Looks at a message as it comes. One that the condition cannot be judged on does not fit.</summary>
    public void Look(LabMessage message)
    {
        if (_found.Task.IsCompleted)
        {
            return;
        }

        var why = WhyNot(message);
        if (why is null)
        {
            _found.TrySetResult(message);
            return;
        }

        lock (_gate)
        {
            _seen++;
            if (why.Length == 0)
            {
                Keep(_far, message);
            }
            else
            {
                Keep(_near, (message, why));
            }
        }
    }

    /// <summary>What came instead, for people.</summary>
    public string Instead()
    {
        lock (_gate)
        {
            if (_seen == 0)
            {
                return "Nothing at all came since.";
            }

            var text = new StringBuilder();
            text.Append(_near.Count > 0 ? $"On its topic there came, of {_seen} messages since, at the end:" : $"Nothing came on its topic; the last of {_seen} messages since:");
            var lines = _near.Count > 0 ? _near.Select(one => $"{one.Message}: {one.Why}") : _far.Select(message => message.ToString());
            foreach (var line in lines)
            {
                text.AppendLine().Append("  ").Append(line);
            }

            return text.ToString();
        }
    }

    // Empty: it is about something else.
    private string? WhyNot(LabMessage message)
    {
        if (!TopicGrammar.Fits(filter, message.Topic))
        {
            return "";
        }

        if (message.Retained)
        {
            return "it had been retained before";
        }

        try
        {
            return where is null || where(message) ? null : "the condition does not hold";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return $"the condition cannot be judged: {exception.Message}";
        }
    }

    private static void Keep<T>(Queue<T> queue, T item)
    {
        queue.Enqueue(item);
        if (queue.Count > MaxNearest)
        {
            queue.Dequeue();
        }
    }
}
