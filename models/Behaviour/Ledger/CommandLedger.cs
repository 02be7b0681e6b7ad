using System.Diagnostics.CodeAnalysis;
using IotMqtt.Models.Behaviour.Queues;

namespace IotMqtt.Models.Behaviour.Ledger;

/// <summary>
/// What a device remembers of the commands of runs, so that none is carried out twice (rule 3). What has ended is let go in the
/// order of its end, once its time is over; never earlier.
/// </summary>
internal sealed class CommandLedger(int capacity, TimeSpan retention)
{
    private readonly Dictionary<CommandKey, CommandEntry> _entries = [];
    private EntryList _ended;
    private int _commands;

    /// <summary>How many commands it holds.</summary>
    public int Commands => _commands;

    // What only bars an id: a refusal, a tombstone.
    private int Bars => _entries.Count - _commands;

    public bool TryFind(CommandKey key, [MaybeNullWhen(false)] out CommandEntry entry) => _entries.TryGetValue(key, out entry);

    /// <summary>Whether one more command may be taken.</summary>
    public bool HasRoom(TimeSpan now)
    {
        Forget(now);
        return _commands < capacity;
    }

    /// <summary>Whether one more id may be barred: a refusal or a tombstone.</summary>
    public bool HasRoomToBar(TimeSpan now)
    {
        Forget(now);
        return Bars < capacity;
    }

    public void Add(CommandEntry entry)
    {
        _entries.Add(entry.Key!.Value, entry);
        _commands += entry.WasAccepted ? 1 : 0;
    }

    /// <summary>Notes that a command of this ledger has ended; from now on it may grow old.</summary>
    public void Ended(CommandEntry entry, TimeSpan now, TimeSpan keep = default)
    {
        var last = entry.Expires == CommandEntry.Never || entry.Expires < now ? now : entry.Expires;
        entry.KeptUntil = last + (keep > retention ? keep : retention);
        _ended.Add(entry);
    }

    /// <summary>Forgets a command that has ended, as nobody can ask for it any more. That is no loss: what it came to is known.</summary>
    public void Settle(CommandKey key)
    {
        if (_entries.TryGetValue(key, out var entry) && entry is { HasEnded: true, IsTombstone: false })
        {
            _entries.Remove(key);
            _commands -= entry.WasAccepted ? 1 : 0;
            entry.IsSettled = true;
        }
    }

    private void Forget(TimeSpan now)
    {
        while (_ended.First is { } oldest && (oldest.IsSettled || oldest.KeptUntil <= now))
        {
            _ended.TakeFirst();
            if (oldest.IsSettled)
            {
                continue;
            }

            _entries.Remove(oldest.Key!.Value);
            _commands -= oldest.WasAccepted ? 1 : 0;
            if (oldest.Run is { } run)
            {
                run.HasForgotten = true;
            }
        }
    }
}
