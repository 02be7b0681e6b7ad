using IotMqtt.Models.Behaviour.Ledger;
using IotMqtt.Models.Behaviour.Queues;

namespace IotMqtt.Models.Behaviour;

// Control requests bypass the queue. They are answered even by a device with faults: without them no fault could be lifted.
internal sealed partial class DeviceMachine
{
    /// <summary>A run takes the device into its fleet. A lower epoch of the same run than the device knows is refused.</summary>
    public Announcement Announce(string run, long epoch)
    {
        var record = Runs.Of(run);
        return new Announcement(!IsStale(record, epoch), record.Epoch);
    }

    /// <summary>
    /// What became of a command. Never executes. An id that the ledger does not know is tombstoned: a straggler cannot run any more,
    /// and the answer is <see cref="CommandStatus.Unknown"/>.
    /// </summary>
    /// <returns>
    /// Null: there is no honest answer. The ledger has let go of commands of this run, or is too full for a tombstone; the command
    /// stays unknown (rule 10).
    /// </returns>
    public CommandReply? Query(in ControlRequest request, TimeSpan now)
    {
        if (Refusal(request, out var run) is { } refusal)
        {
            return refusal;
        }

        if (Find(request.Id) is not { } entry)
        {
            return run?.HasForgotten == true ? null : Tombstone(request, run, CommandStatus.Unknown, now);
        }

        Follow(entry, request);
        return entry.ToReply();
    }

    /// <summary>
    /// Ends a command: one that waits does not start, one that runs stops. Both are acknowledged as cancelled, and their times show
    /// whether they had started. What has ended stays as it is; an id that the ledger does not know is tombstoned.
    /// </summary>
    /// <returns>What the command is now; null as for <see cref="Query"/>.</returns>
    public CommandReply? Cancel(in ControlRequest request, TimeSpan now)
    {
        if (Refusal(request, out var run) is { } refusal)
        {
            return refusal;
        }

        if (Find(request.Id) is not { } entry)
        {
            return run?.HasForgotten == true ? null : Tombstone(request, run, CommandStatus.Cancelled, now);
        }

        Follow(entry, request);
        if (!entry.HasEnded)
        {
            _ = _waiting.Remove(entry) || _running.Remove(entry);
            entry.Status = CommandStatus.Cancelled;
            entry.Done = now;
            End(entry, now);
            StartNext(now);
        }

        return entry.ToReply();
    }

    /// <summary>
    /// The requester knows what a command came to and nobody will ask for it again, so the ledger need not remember it. Only for a world in
    /// which nothing is sent twice.
    /// </summary>
    public void Settle(CommandKey id) => _ledger?.Settle(id);

    private CommandReply? Refusal(in ControlRequest request, out RunRecord? run)
    {
        run = request.Run is { } name ? Runs.Of(name) : null;
        return IsStale(run, request.Epoch)
            ? new CommandReply
            {
                Status = CommandStatus.Rejected,
                Key = request.Id,
                Epoch = request.Epoch,
                ErrorCode = ErrorCode.StaleEpoch,
                ErrorMessage = StaleMessage(run!),
            }
            : null;
    }

    private CommandEntry? Find(CommandKey id) =>
        _ledger is not null && _ledger.TryFind(id, out var entry) ? entry : _running.Find(id) ?? _waiting.Find(id);

    private CommandReply? Tombstone(in ControlRequest request, RunRecord? run, CommandStatus status, TimeSpan now)
    {
        if (!Ledger.HasRoomToBar(now))
        {
            return null;
        }

        var entry = new CommandEntry
        {
            Key = request.Id,
            Run = run,
            Epoch = request.Epoch,
            Status = status,
            IsTombstone = true,
            Revision = Revision,
        };
        Ledger.Add(entry);
        Ledger.Ended(entry, now, request.Keep ?? TimeSpan.Zero);
        return entry.ToReply();
    }

    /// <summary>A requester that was started anew listens elsewhere.</summary>
    private static void Follow(CommandEntry entry, in ControlRequest request)
    {
        if (request.Epoch is { } epoch && (entry.Epoch is not { } known || epoch > known))
        {
            entry.Epoch = epoch;
            entry.ReplyTo = request.ReplyTo ?? entry.ReplyTo;
        }
    }
}
