using IotMqtt.Models.Behaviour.Ledger;
using IotMqtt.Models.Behaviour.Messages;
using IotMqtt.Models.Behaviour.Queues;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour;

internal sealed partial class DeviceMachine
{
    /// <summary>A command arrives. It is answered, queued or started; receiving never waits for executing.</summary>
    public void Receive(in CommandRequest request, TimeSpan now)
    {
        if (_faults?.LosesReceived() == true)
        {
            return;
        }

        var run = request.Run is { } name ? Runs.Of(name) : null;
        if (IsStale(run, request.Epoch))
        {
            // Not remembered: the same id may yet come with the epoch that holds.
            Answer(request, CommandStatus.Rejected, ErrorCode.StaleEpoch, StaleMessage(run!));
            return;
        }

        CommandEntry? known = null;
        if (request.Key is { } key && _ledger?.TryFind(key, out known) == true
            && (run is not null || known.IsTombstone || request.Malformed is not null))
        {
            Repeat(known, request);
            return;
        }

        Take(request, run, now);
    }

    // Beyond this a budget is none; adding it to a time could overflow.
    private static readonly TimeSpan LongestBudget = TimeSpan.FromDays(365);

    private RunTable Runs => _runs ??= new RunTable();

    private CommandLedger Ledger => _ledger ??= new CommandLedger(_options.LedgerCapacity, _options.LedgerRetention);

    /// <summary>A command with an id that the ledger knows: answered from it, never carried out again.</summary>
    private void Repeat(CommandEntry known, in CommandRequest request)
    {
        if (known.IsTombstone)
        {
            if (known.Status == CommandStatus.Cancelled)
            {
                Answer(request, CommandStatus.Cancelled, null, null);
            }
            else
            {
                Answer(request, CommandStatus.Rejected, ErrorCode.Tombstoned, "the command came after a query had given it up");
            }
        }
        else if (known.Fingerprint != Fingerprint.Of(request))
        {
            Answer(request, CommandStatus.Rejected, ErrorCode.IdConflict, "the id belongs to another command, or to other arguments");
        }
        else
        {
            known.Address(request);
            if (known.HasEnded)
            {
                Send(known);
            }
            else
            {
                SendPhase(known);
            }
        }
    }

    private void Take(in CommandRequest request, RunRecord? run, TimeSpan now, Cause? cause = null)
    {
        var entry = new CommandEntry { Key = request.Key, Cause = cause };
        entry.Address(request);
        var recorded = run is not null && request.Key is not null;
        var admitted = Admit(entry, request, !recorded || Ledger.HasRoom(now), now);

        // A refusal is remembered too, where there is room: who was told of it may have gone on to another attempt.
        if (recorded && (admitted || Ledger.HasRoomToBar(now)))
        {
            entry.Run = run;
            entry.Fingerprint = Fingerprint.Of(request);
            Ledger.Add(entry);
        }

        if (!admitted)
        {
            End(entry, now);
        }
        else if (_running.Count < _plan.Model.Concurrency && _waiting.Count == 0)
        {
            // The precondition was checked at this very moment.
            Begin(entry, now);
        }
        else
        {
            Wait(entry);
        }
    }

    /// <summary>Checks all that can be checked on arrival (rule 6); what does not hold is said in the entry.</summary>
    private bool Admit(CommandEntry entry, in CommandRequest request, bool ledgerHasRoom, TimeSpan now)
    {
        if (request.Budget is { } budget)
        {
            entry.Expires = budget < LongestBudget ? now + budget : CommandEntry.Never;
            if (budget <= TimeSpan.Zero)
            {
                entry.Refuse(CommandStatus.Expired, ErrorCode.Expired, "its time was over when it arrived");
                return false;
            }
        }

        if (request.Malformed is { } malformed)
        {
            return Reject(entry, ErrorCode.Malformed, malformed);
        }

        entry.Plan = _plan.Find(request.Command);
        if (entry.Plan is not { } plan)
        {
            var suggestion = Suggest.For(request.Command, _plan.Model.Commands.Select(command => command.Name));
            return Reject(entry, ErrorCode.UnknownCommand, $"{_plan.Model.Name} has no command \"{request.Command}\"{Tail(suggestion)}");
        }

        entry.Arguments = ValueMap.Empty;
        if (request.Arguments.Count > 0 || !plan.Definition.Parameters.IsEmpty)
        {
            var binding = plan.Definition.BindArguments(request.Arguments);
            if (binding.Error is { } wrong)
            {
                return Reject(entry, ErrorCode.BadArguments, wrong);
            }

            entry.Arguments = binding.Arguments;
        }

        if (_faults?.Refuses() is { } fault)
        {
            return Reject(entry, ErrorCode.Fault, fault);
        }

        if (!ledgerHasRoom)
        {
            return Reject(entry, ErrorCode.Busy, $"the ledger is full: it holds {Ledger.Commands} commands that may still be asked for");
        }

        if (!CheckPrecondition(entry, now))
        {
            return false;
        }

        if (_waiting.Count >= _options.QueueBound)
        {
            return Reject(entry, ErrorCode.Busy, $"the queue is full: {_waiting.Count} commands wait");
        }

        entry.Accepted = now;
        return true;
    }

    private bool CheckPrecondition(CommandEntry entry, TimeSpan now)
    {
        var definition = entry.Plan!.Definition;
        if (!IsThere)
        {
            return Reject(entry, ErrorCode.Offline, "the device is not online");
        }

        if (Class is { } standIn && standIn.Guards(definition.Name) && Guard(standIn, entry, now) is { } refusal)
        {
            return Reject(entry, ErrorCode.PreconditionFailed, refusal);
        }

        if (definition.Requires is not { } requires)
        {
            return true;
        }

        var inputs = Inputs(ref Chances(entry.Plan).Requires, now);
        var holds = _evaluator.EvaluateCondition(requires, Scope.ForCommand(_state, entry.Arguments!), inputs);
        return holds.Error is { } error ? Reject(entry, ErrorCode.Internal, error)
            : holds.Value.AsBoolean || Reject(entry, ErrorCode.PreconditionFailed, definition.Otherwise ?? $"{requires.Source} does not hold");
    }

    private static bool Reject(CommandEntry entry, string code, string message)
    {
        entry.Refuse(CommandStatus.Rejected, code, message);
        return false;
    }

    private static string Tail(string? suggestion) => suggestion is null ? "" : $"; {suggestion}";

    private static bool IsStale(RunRecord? run, long? epoch)
    {
        if (run is null || epoch is not { } given)
        {
            return false;
        }

        if (given < run.Epoch)
        {
            return true;
        }

        run.Epoch = given;
        return false;
    }

    private static string StaleMessage(RunRecord run) => $"the run has gone on to epoch {run.Epoch}";
}
