using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Expecting;
using IotMqtt.Engine.Running.Machinery;
using IotMqtt.Models.Behaviour;

namespace IotMqtt.Engine.Running.Commands;

/// <content>What it learns from the world.</content>
internal abstract partial class CommandFrame
{
    /// <summary>Its slot in the send window was granted: the deadline starts (rule 8).</summary>
    public void Published(Machine machine)
    {
        if (_publishedAt is not null)
        {
            return;
        }

        _publishedAt = machine.Now;
        _ledgerAtPublish = Entry.Ledger;
        Entry.Lanes.Arrive(_lane);
        if (_phase == CommandPhase.Created)
        {
            Enter(machine, CommandPhase.Published, Limit is null ? _deadline : null);
        }

        (Parent as ExpectingFrame)?.ActPublished(machine);
    }

    /// <summary>It could not be published, or nobody received it. Unreachable only if every publish came back so (rule 9).</summary>
    public void PublishFailed(Machine machine, Fact.PublishFailed failed)
    {
        switch (failed.Failure)
        {
            case PublishFailure.NoSubscribers when ++_unheard == _publishes:
                SettleUnheard(machine, StepStatus.Unreachable, failed.Message ?? "nobody subscribes to its commands");
                break;
            case PublishFailure.Withdrawn when _phase == CommandPhase.Cancelling && _isUnpublishable:
                SettleUnheard(machine, StepStatus.Unreachable, $"it could not be published within {Text(machine.Options.PublishBound)}");
                break;
            case PublishFailure.Withdrawn when _phase == CommandPhase.Cancelling:
                SettleCancelled(machine, Ready.After(machine.Now - Began, Ordinal));
                break;
            case PublishFailure.Refused when _publishes == 1:
                SettleUnheard(machine, StepStatus.Rejected, failed.Message ?? "the broker refused the message");
                break;
            default:
                break;
        }
    }

    /// <summary>Its device says something about it. What is late, double or for another epoch changes nothing (rule 1).</summary>
    public void Acknowledged(Machine machine, Acknowledgement acknowledgement)
    {
        if ((acknowledgement.Epoch is { } epoch && epoch != machine.Epoch) || acknowledgement.ErrorCode is "id-conflict" or "stale-epoch")
        {
            return;
        }

        switch (acknowledgement.Status)
        {
            case CommandStatus.Accepted or CommandStatus.Running when _phase == CommandPhase.Querying:
                Cancel(machine);
                break;
            case CommandStatus.Accepted or CommandStatus.Running:
                Advance(machine, acknowledgement.Status == CommandStatus.Accepted ? CommandPhase.Accepted : CommandPhase.Running);
                break;
            case CommandStatus.Unknown when _phase is CommandPhase.Querying or CommandPhase.Cancelling:
                NotInLedger(machine);
                break;
            case CommandStatus.Unknown:
                break;
            default:
                Settle(machine, acknowledgement);
                break;
        }
    }

    /// <summary>Its device is back. With the ledger that it had, the command is sent again; else nobody knows (rule 3).</summary>
    public void DeviceIsBack(Machine machine)
    {
        if (_publishedAt is not null && _ledgerAtPublish != Entry.Ledger)
        {
            GiveUp(machine, "the device has restarted and no longer knows what it carried out");
        }
        else
        {
            SendAgain(machine);
        }
    }

    private void Advance(Machine machine, CommandPhase phase)
    {
        if (phase > _phase)
        {
            _phase = phase;
            machine.Progressed(this, phase);
        }
    }

    private void NotInLedger(Machine machine)
    {
        if (_publishedAt is not null && _ledgerAtPublish != Entry.Ledger)
        {
            GiveUp(machine, "the device has lost its ledger and no longer knows what it carried out");
        }
        else if (Halt == Halt.Cancelling)
        {
            SettleCancelled(machine, Ready.After(machine.Now - Began, Ordinal));
        }
        else
        {
            SettleUnheard(machine, StepStatus.Expired, $"it had not reached the device within {Text(_deadline)}, and no longer will");
        }
    }
}
