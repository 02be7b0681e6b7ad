using IotMqtt.Devices.Wire;
using IotMqtt.Models.Behaviour;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet.Control;

/// <summary>Asks what became of a command, or ends it.</summary>
internal sealed class SettleWork(HostedDevice device, FleetContext fleet, ReplyAddress? replyTo, bool cancels, ControlRequest request)
    : ControlWork(device, replyTo)
{
    private static readonly TimeSpan LongestKeep = TimeSpan.FromDays(1);

    public static ControlRequest Request(QueryRequest query, ReplyAddress? replyTo) =>
        Request(query.Id, query.Run, query.Epoch, query.KeepMs, replyTo);

    public static ControlRequest Request(CancelRequest cancel, ReplyAddress? replyTo) =>
        Request(cancel.Id, cancel.Run, cancel.Epoch, cancel.KeepMs, replyTo);

    protected override Acknowledgement? Answer(DeviceMachine machine, TimeSpan now)
    {
        var reply = cancels ? machine.Cancel(request, now) : machine.Query(request, now);
        if (reply is not { } said)
        {
            fleet.Logger.NoHonestAnswer(machine.Device.Id, cancels ? "cancel" : "query", request.Id.ToString());
            return null;
        }

        return AcknowledgementEncoder.ToAcknowledgement(said, fleet.Clock) with { Incarnation = fleet.Incarnation, Ledger = fleet.Ledger };
    }

    private static ControlRequest Request(CommandId id, RunId? run, long? epoch, long? keepMs, ReplyAddress? replyTo) => new()
    {
        Id = new CommandKey(id.Value),
        Run = run?.ToString(),
        Epoch = epoch,
        ReplyTo = replyTo?.Topic,
        Keep = keepMs is { } keep ? TimeSpan.FromMilliseconds(Math.Clamp(keep, 0, (long)LongestKeep.TotalMilliseconds)) : null,
    };
}
