using System.Diagnostics;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Dispatch.Timing;
using IotMqtt.Runner.Running;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Dispatch.Commands;

/// <summary>Sends the commands of a run, asks for what became of them, and takes their acknowledgements. Owned by the run loop.</summary>
internal sealed partial class CommandDesk
{
    // A query or a cancel that is older than this is not waited for any more.
    private static readonly TimeSpan ControlExpiry = TimeSpan.FromSeconds(30);

    private readonly Dictionary<CommandId, OpenCommand> _open = [];
    private readonly HashSet<OpenCommand> _unsent = [];
    private readonly ControlPlane _plane;
    private readonly DeviceDirectory _devices;
    private readonly RunClock _clock;
    private readonly IWorldSink _sink;
    private readonly RunId _run;
    private readonly RunTrace? _trace;
    private readonly ILogger _logger;

    public CommandDesk(
        ControlPlane plane, DeviceDirectory devices, RunClock clock, IWorldSink sink, RunId run, RunTrace? trace, ILogger logger)
    {
        _plane = plane;
        _devices = devices;
        _clock = clock;
        _sink = sink;
        _run = run;
        _trace = trace;
        _logger = logger;
    }

    /// <summary>The commands that have not ended.</summary>
    public IReadOnlyCollection<OpenCommand> Open => _open.Values;

    /// <summary>Sends a command; the same id again re-sends it.</summary>
    public void Send(Effect.Send order)
    {
        var id = new CommandId(order.Id);
        if (_devices.Find(order.Device) is not { } device)
        {
            // The engine checks names before a run; a device that a variable names may still be none of the run's.
            Fail(id, PublishFailure.Refused, $"there is no device \"{order.Device}\"");
            return;
        }

        if (!CommandName.TryParse(order.Command, out var name))
        {
            Fail(id, PublishFailure.Refused, $"\"{order.Command}\" is no name of a command");
            return;
        }

        if (_open.TryGetValue(id, out var before))
        {
            _unsent.Remove(before);
        }

        var span = before is not null ? before.Span : _trace?.Order(_plane.Topics.Command(device.Id, name), device.Name, order.Command, order.Attempt);
        var command = new OpenCommand(id, device, Encode(order, id, device, name, span), order.Budget, order.Epoch, _clock, _sink)
        {
            Span = span,
            OrderedAt = before?.OrderedAt ?? _clock.Now,
        };
        _open[id] = command;
        Post(command);
    }

    /// <summary>Asks the device's ledger what became of a command; the answer comes back as an acknowledgement of it.</summary>
    public void Query(UInt128 id, string device, long epoch)
    {
        var command = new CommandId(id);
        if (_devices.Find(device) is { } known)
        {
            var request = new QueryRequest { Id = command, Run = _run, Epoch = epoch, KeepMs = KeepMs(command) };
            LinkOf(known).Post(ControlEncoder.Encode(_plane.Topics, known.Id, request, ReplyTo(known, command), ControlExpiry));
        }
    }

    /// <summary>Keeps a command from being sent, or tells its device.</summary>
    public void Cancel(UInt128 id, string device, long epoch)
    {
        var command = new CommandId(id);
        if (_open.TryGetValue(command, out var open) && open.TryWithdraw())
        {
            if (_unsent.Remove(open))
            {
                Fail(command, PublishFailure.Withdrawn, null);
            }

            return;
        }

        if (_devices.Find(device) is { } known)
        {
            var request = new CancelRequest { Id = command, Run = _run, Epoch = epoch, KeepMs = KeepMs(command) };
            LinkOf(known).Post(ControlEncoder.Encode(_plane.Topics, known.Id, request, ReplyTo(known, command), ControlExpiry));
        }
    }

    /// <summary>A publish did not leave. It is kept until the connection is back: it cannot have done anything.</summary>
    public void NotSent(OpenCommand command)
    {
        if (!_open.TryGetValue(command.Id, out var open) || open != command)
        {
            return;
        }

        if (command.IsWithdrawn)
        {
            Fail(command.Id, PublishFailure.Withdrawn, null);
        }
        else if (LinkOf(command.Device).Status.State != LinkState.Connected)
        {
            _unsent.Add(command);
        }
        else if (command.MayTryAgain())
        {
            Post(command);
        }
        else
        {
            Fail(command.Id, PublishFailure.Refused, "the message is larger than the broker takes, or too many wait to be sent");
        }
    }

    /// <summary>A connection is there again: what never left goes out.</summary>
    public void Connected(int link)
    {
        var waiting = _unsent.Where(command => _plane.IndexFor(command.Device.Id) == link).ToList();
        foreach (var command in waiting)
        {
            _unsent.Remove(command);
            Post(command);
        }
    }

    /// <summary>Takes an acknowledgement: of a command of this run that has not ended, from its device. Anything else is ignored.</summary>
    /// <returns>The device, if its properties changed.</returns>
    public KnownDevice? Acknowledged(in ReceivedAcknowledgement received)
    {
        var content = received.Acknowledgement;
        if (!received.Correlation.TryGetCommandId(out var id) || !_open.TryGetValue(id, out var command) || command.Device.Id != received.Device)
        {
            Log.Ignored(_logger, received.Device, received.Correlation, content.Status);
            return null;
        }

        if (content.Epoch is { } epoch && epoch != command.Epoch)
        {
            Log.Outdated(_logger, received.Device, id, epoch);
            return null;
        }

        if (content.IsTerminal && !content.Settles)
        {
            Log.Refused(_logger, received.Device, id, content.Error!.Code, content.Error.Message);
            return null;
        }

        if (!AcknowledgementConversion.TryConvert(content, out var acknowledgement, out var reason))
        {
            Log.Malformed(_logger, received.Device, id, reason);
            return null;
        }

        if (content.IsTerminal && content.Status != AcknowledgementStatus.Unknown)
        {
            _open.Remove(id);
            _unsent.Remove(command);
            Ended(command, content.Status.ToString().ToLowerInvariant(), content.Error?.Message);
        }

        var changed = acknowledgement.Changed is { Count: > 0 } changes
            && command.Device.TakeChanges(changes, content.Revision ?? command.Device.Revision + 1);
        _sink.Post(new Fact.Acknowledged(_clock.At(received.ReceivedTimestamp), id.Value, acknowledgement));
        return changed ? command.Device : null;
    }

    /// <summary>The run is over: nothing is heard of what is open any more.</summary>
    public void End()
    {
        foreach (var command in _open.Values)
        {
            Ended(command, "unanswered", "nobody waits for its answer any more");
        }

        _open.Clear();
    }

    private OutgoingMessage Encode(Effect.Send order, CommandId id, KnownDevice device, CommandName name, Activity? span)
    {
        // Arguments are values already: what they are written as is well-formed.
        var arguments = JsonText.EmptyObject;
        if (order.Arguments.Count > 0)
        {
            JsonText.TryCreateObject(Value.Of(order.Arguments).ToJsonBytes(), out arguments);
        }

        var replyTo = ReplyTo(device, id);
        return CommandEncoder.Encode(_plane.Topics, new CommandMessage
        {
            Device = device.Id,
            Command = name,
            Arguments = arguments,
            ResponseTopic = replyTo.Topic,
            Correlation = replyTo.Correlation,
            Budget = order.Budget,
            Run = _run,
            Step = order.Step.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Attempt = order.Attempt,
            Epoch = order.Epoch,
            TraceParent = _trace?.ParentFor(span),
        });
    }

    private void Post(OpenCommand command) => LinkOf(command.Device).Post(command.Message, command, token: 0);

    private MqttLink LinkOf(KnownDevice device) => _plane.Link(_plane.IndexFor(device.Id));

    private ReplyAddress ReplyTo(KnownDevice device, CommandId command)
    {
        device.ReplyTopic ??= _plane.ReplyTopic(_plane.IndexFor(device.Id), device.Id);
        return new ReplyAddress(device.ReplyTopic, CorrelationData.From(command));
    }

    private void Ended(OpenCommand command, string status, string? error)
    {
        if (_trace is not null)
        {
            RunTrace.Ended(command.Span, _clock.Now - command.OrderedAt, status, error);
        }
    }

    // How long a straggler may still come at most: a publish of it goes out at any time until its command is let go of.
    private long? KeepMs(CommandId id) =>
        _open.TryGetValue(id, out var command) ? (MessageExpiry.SecondsFor(command.Budget) + 1) * 1000L : null;

    private void Fail(CommandId id, PublishFailure failure, string? message)
    {
        if (_open.Remove(id, out var command))
        {
            Ended(command, failure == PublishFailure.Withdrawn ? "cancelled" : "unreachable", message);
        }

        _sink.Post(new Fact.PublishFailed(_clock.Now, id.Value, failure, message));
    }
}
