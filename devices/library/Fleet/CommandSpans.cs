using System.Diagnostics;
using IotMqtt.Devices.Loops;
using IotMqtt.Models.Behaviour;

namespace IotMqtt.Devices.Fleet;

/// <summary>
/// The spans of a device's commands, by the device's own clock: from the arrival to the last acknowledgement, with the moment at which it was started.
/// They lie within the span that the command names as its <c>traceparent</c>. Nothing is kept where nobody traces.
/// </summary>
internal sealed class CommandSpans
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = DevicesMetrics.MeterName;

    /// <summary>What never answers is given up; the ledger bounds what is open besides.</summary>
    private const int MostOpen = 4_096;

    private static readonly ActivitySource Source = new(SourceName);
    private Dictionary<CommandKey, (string Command, ActivityContext Parent)>? _open;

    /// <summary>A command has arrived.</summary>
    public void Arrived(in CommandRequest request, string? traceParent)
    {
        if (traceParent is not null && Source.HasListeners() && request is { Key: { } key, ReplyTo: not null }
            && ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent) && (_open ??= []).Count < MostOpen)
        {
            _open[key] = (request.Command, parent);
        }
    }

    /// <summary>It has been acknowledged.</summary>
    public void Answered(string device, in CommandReply reply, LoopClock clock)
    {
        if (_open is null || reply.Status is CommandStatus.Accepted or CommandStatus.Running || reply.Key is not { } key || !_open.Remove(key, out var open))
        {
            return;
        }

        var end = reply.Done ?? clock.Now;
        using var span = Source.StartActivity(
            $"{device}.{open.Command}", ActivityKind.Consumer, open.Parent, startTime: clock.Calendar(reply.Accepted ?? end));
        if (span is null)
        {
            return;
        }

        var status = reply.Status.ToString().ToLowerInvariant();
        span.SetTag("messaging.system", "mqtt");
        span.SetTag("messaging.operation.type", "process");
        span.SetTag("iotmqtt.device", device);
        span.SetTag("iotmqtt.command", open.Command);
        span.SetTag("iotmqtt.status", status);
        if (reply.Started is { } started)
        {
            span.AddEvent(new ActivityEvent("started", clock.Calendar(started)));
        }

        span.SetStatus(reply.Status == CommandStatus.Succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error, reply.ErrorMessage);
        span.SetEndTime(clock.Calendar(end).UtcDateTime);
    }
}
