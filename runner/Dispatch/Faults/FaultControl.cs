using IotMqtt.Engine.Running;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Dispatch.Timing;

namespace IotMqtt.Runner.Dispatch.Faults;

/// <summary>Sets and lifts the faults of a run's <c>fault:</c> nodes, each under a key of its own. Owned by the run loop.</summary>
internal sealed class FaultControl(ControlPlane plane, DeviceDirectory devices, RunClock clock, IFactSink facts, RunId run)
{
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(30);

    private readonly Dictionary<CommandId, PendingFault> _asked = [];
    private readonly UInt128 _first = (UInt128)clock.BeganAt.UtcTicks << 64;
    private uint _count;

    /// <summary>Sets a fault; the run learns of it when all devices have it, or one of them refuses.</summary>
    public void Set(Effect.SetFault order)
    {
        if (order.Devices.FirstOrDefault(id => devices.Find(id) is null) is { } unknown)
        {
            Answer(order.Ticket, $"there is no device \"{unknown}\"");
            return;
        }

        JsonText.TryCreate(order.Fault.ToValue().ToJsonBytes(), out var fault);
        var pending = new PendingFault(order.Ticket) { Left = order.Devices.Length };
        foreach (var device in order.Devices)
        {
            Ask(device, order.Ticket, fault, pending);
        }

        if (pending.Left == 0)
        {
            Answer(order.Ticket, null);
        }
    }

    /// <summary>Lifts a fault.</summary>
    public void Clear(Effect.ClearFault order)
    {
        foreach (var device in order.Devices.Where(id => devices.Find(id) is not null))
        {
            Ask(device, order.Ticket, null, null);
        }
    }

    /// <summary>Whether an acknowledgement is an answer of these; then it is taken.</summary>
    public bool Acknowledged(in ReceivedAcknowledgement received)
    {
        if (_asked.Count == 0 || !received.Correlation.TryGetCommandId(out var id) || !_asked.Remove(id, out var pending))
        {
            return false;
        }

        pending.Left--;
        if (received.Acknowledgement.Status != AcknowledgementStatus.Succeeded && !pending.IsAnswered)
        {
            pending.IsAnswered = true;
            Answer(pending.Ticket, $"{received.Device}: {received.Acknowledgement.Error?.Message ?? "it refused the fault"}");
        }
        else if (pending.Left == 0 && !pending.IsAnswered)
        {
            Answer(pending.Ticket, null);
        }

        return true;
    }

    private void Ask(string name, Ticket ticket, JsonText? fault, PendingFault? pending)
    {
        var device = devices.Find(name)!;
        var id = new CommandId(_first + ++_count);
        if (pending is not null)
        {
            _asked.Add(id, pending);
        }

        var link = plane.IndexFor(device.Id);
        var replyTo = new ReplyAddress(device.ReplyTopic ??= plane.ReplyTopic(link, device.Id), CorrelationData.From(id));
        var request = new FaultRequest { Key = $"{run}/{ticket.Slot}.{ticket.Generation}.{ticket.Question}", Fault = fault, Run = run };
        plane.Link(link).Post(ControlEncoder.Encode(plane.Topics, device.Id, request, replyTo, Expiry));
    }

    private void Answer(Ticket ticket, string? error) => facts.Post(new Fact.Performed(clock.Now, ticket, error));

    private sealed class PendingFault(Ticket ticket)
    {
        public Ticket Ticket { get; } = ticket;

        public int Left { get; set; }

        public bool IsAnswered { get; set; }
    }
}
