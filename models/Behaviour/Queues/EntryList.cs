namespace IotMqtt.Models.Behaviour.Queues;

/// <summary>A list of commands in order of arrival, linked through the commands themselves: it needs no memory of its own.</summary>
internal struct EntryList
{
    private CommandEntry? _last;

    public CommandEntry? First { get; private set; }

    public int Count { get; private set; }

    public void Add(CommandEntry entry)
    {
        entry.Next = null;
        if (_last is null)
        {
            First = entry;
        }
        else
        {
            _last.Next = entry;
        }

        _last = entry;
        Count++;
    }

    public CommandEntry TakeFirst()
    {
        var entry = First!;
        Unlink(entry, null);
        return entry;
    }

    public bool Remove(CommandEntry entry)
    {
        CommandEntry? before = null;
        for (var at = First; at is not null; before = at, at = at.Next)
        {
            if (ReferenceEquals(at, entry))
            {
                Unlink(entry, before);
                return true;
            }
        }

        return false;
    }

    public readonly CommandEntry? Find(CommandKey key)
    {
        var at = First;
        while (at is not null && at.Key != key)
        {
            at = at.Next;
        }

        return at;
    }

    private void Unlink(CommandEntry entry, CommandEntry? before)
    {
        if (before is null)
        {
            First = entry.Next;
        }
        else
        {
            before.Next = entry.Next;
        }

        if (ReferenceEquals(_last, entry))
        {
            _last = before;
        }

        entry.Next = null;
        Count--;
    }
}
