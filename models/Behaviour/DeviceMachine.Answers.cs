using IotMqtt.Models.Behaviour.Queues;

namespace IotMqtt.Models.Behaviour;

internal sealed partial class DeviceMachine
{
    /// <summary>Says where a command is, if that phase was asked for. A phase that is overtaken before this is not sent.</summary>
    private void SendPhase(CommandEntry entry)
    {
        if (entry.Status == CommandStatus.Running && entry.WantsRunning)
        {
            Send(entry);
        }
        else if (entry.WantsAccepted && !entry.AcceptedSent)
        {
            entry.AcceptedSent = true;
            Send(entry.ToReply() with { Status = CommandStatus.Accepted, Started = null });
        }
    }

    private void Send(CommandEntry entry)
    {
        if (entry.ReplyTo is not null)
        {
            Send(entry.ToReply());
        }
    }

    private void Answer(in CommandRequest request, CommandStatus status, string? code, string? message) => Send(new CommandReply
    {
        Status = status,
        Key = request.Key,
        ReplyTo = request.ReplyTo,
        Epoch = request.Epoch,
        Attempt = request.Attempt,
        Revision = Revision,
        ErrorCode = code,
        ErrorMessage = message,
    });

    private void Send(in CommandReply reply)
    {
        if (reply.ReplyTo is null || _faults?.LosesSent() == true)
        {
            return;
        }

        _host.Reply(reply);
        if (_faults?.Duplicates() == true)
        {
            _host.Reply(reply);
        }
    }
}
