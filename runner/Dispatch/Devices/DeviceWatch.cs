using IotMqtt.Engine.Running;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Dispatch.Timing;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Dispatch.Devices;

/// <summary>Follows which devices are there, and their states. Owned by the run loop.</summary>
internal sealed partial class DeviceWatch(DeviceDirectory devices, RunClock clock, IFactSink facts, ILogger logger)
{
    /// <summary>Takes a status: a device that came, went, or lives a new life becomes known to the run.</summary>
    public void TakeStatus(DeviceId id, IncomingMessage message)
    {
        if (devices.Find(id) is not { } device || message.Payload.IsEmpty)
        {
            return;
        }

        if (!MessageJson.TryParse(message.Payload.Span, out DeviceStatus? status, out var reason))
        {
            Log.Malformed(logger, "status", id, reason);
            return;
        }

        var at = clock.At(message.ReceivedTimestamp);
        var link = device.Link;
        if (!device.TakeStatus(status))
        {
            // Its own connection came or went: its control topics are where they were.
            if (link != status.Link)
            {
                return;
            }

            if (status.State != Presence.Online || message.Retained)
            {
                return;
            }

            // Said anew: it was away without anybody's saying so, as after a broker that lost its memory, and what was on its way to
            // it may be lost.
            facts.Post(new Fact.DeviceOffline(at, device.Name));
        }

        if (device.Presence == Presence.Offline)
        {
            Log.Offline(logger, id);
            facts.Post(new Fact.DeviceOffline(at, device.Name));
        }
        else
        {
            facts.Post(new Fact.DeviceOnline(at, device.Name, device.Incarnation?.ToString(), device.Ledger?.ToString()));
        }
    }

    /// <summary>Takes the status of a worker: all devices that it speaks for go with it, and each comes back by its own status.</summary>
    public void TakeWorker(Incarnation worker, IncomingMessage message)
    {
        if (!MessageJson.TryParse(message.Payload.Span, out WorkerStatus? status, out _) || status.State == Presence.Online)
        {
            return;
        }

        var at = clock.At(message.ReceivedTimestamp);
        foreach (var device in devices.All)
        {
            if (device.WorkerLeft(worker))
            {
                Log.Offline(logger, device.Id);
                facts.Post(new Fact.DeviceOffline(at, device.Name));
            }
        }
    }

    /// <summary>Takes a state.</summary>
    /// <returns>The device, if its properties changed.</returns>
    public KnownDevice? TakeState(DeviceId id, IncomingMessage message)
    {
        if (devices.Find(id) is not { } device || message.Payload.IsEmpty)
        {
            return null;
        }

        if (!MessageJson.TryParse(message.Payload.Span, out DeviceState? state, out var reason))
        {
            Log.Malformed(logger, "state", id, reason);
            return null;
        }

        if (!Value.TryParseJson(state.Properties.Utf8.Span, out var properties, out reason) || properties.Kind != ValueKind.Map)
        {
            Log.Malformed(logger, "state", id, reason ?? "its properties are no object");
            return null;
        }

        return device.TakeState(properties.AsMap, state.Revision, state.Incarnation) ? device : null;
    }

    private static partial class Log
    {
        [LoggerMessage(3040, LogLevel.Warning, "The {What} of {Device} is malformed and ignored: {Reason}")]
        public static partial void Malformed(ILogger logger, string what, DeviceId device, string reason);

        [LoggerMessage(3041, LogLevel.Information, "{Device} went offline during the run")]
        public static partial void Offline(ILogger logger, DeviceId device);
    }
}
