using System.Diagnostics.CodeAnalysis;
using IotMqtt.Protocol.Ids;

namespace IotMqtt.Protocol.Addressing;

internal sealed partial class Topics
{
    /// <summary>Takes a received topic apart; false if it is none of the contract's under this root.</summary>
    public bool TryParse([NotNullWhen(true)] string? topic, out TopicAddress address)
    {
        address = default;
        if (topic is null)
        {
            return false;
        }

        if (topic.StartsWith(_devices, StringComparison.Ordinal))
        {
            return TryParseDevice(topic, out address);
        }

        if (topic.StartsWith(_clients, StringComparison.Ordinal))
        {
            var known = TryParseAck(topic, out var client, out var device);
            address = known ? new TopicAddress { Kind = TopicKind.Acknowledgement, Client = client, Device = device } : default;
            return known;
        }

        if (topic.StartsWith(_workers, StringComparison.Ordinal))
        {
            return TryParseWorker(topic, out address);
        }

        if (topic.StartsWith(_models, StringComparison.Ordinal) && ModelHash.TryParse(topic[_models.Length..], out var hash))
        {
            address = new TopicAddress { Kind = TopicKind.Model, Model = hash };
            return true;
        }

        return false;
    }

    /// <summary>Takes the topic of an acknowledgement apart; false for any other topic.</summary>
    public bool TryParseAck(string topic, out ClientId client, out DeviceId device)
    {
        ArgumentNullException.ThrowIfNull(topic);
        client = default;
        device = default;
        if (!topic.StartsWith(_clients, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = topic.AsSpan(_clients.Length);
        var slash = rest.IndexOf('/');
        return slash > 0
            && rest[slash..].StartsWith("/ack/", StringComparison.Ordinal)
            && ClientId.TryParse(rest[..slash].ToString(), out client)
            && DeviceId.TryParse(rest[(slash + "/ack/".Length)..].ToString(), out device);
    }

    /// <summary>The device of an acknowledgement to this requester; false for any other topic. Allocates the id only.</summary>
    public bool TryParseAck(string topic, ClientId client, out DeviceId device)
    {
        ArgumentNullException.ThrowIfNull(topic);
        device = default;
        var rest = topic.AsSpan();
        var name = client.ToString();
        if (!rest.StartsWith(_clients, StringComparison.Ordinal) || !rest[_clients.Length..].StartsWith(name, StringComparison.Ordinal))
        {
            return false;
        }

        rest = rest[(_clients.Length + name.Length)..];
        return rest.StartsWith("/ack/", StringComparison.Ordinal) && DeviceId.TryParse(rest["/ack/".Length..].ToString(), out device);
    }

    private bool TryParseWorker(string topic, out TopicAddress address)
    {
        address = default;
        var rest = topic.AsSpan(_workers.Length);
        var slash = rest.IndexOf('/');
        if (slash <= 0 || !Incarnation.TryParse(rest[..slash].ToString(), out var worker))
        {
            return false;
        }

        TopicKind? kind = rest[(slash + 1)..] switch
        {
            "status" => TopicKind.WorkerStatus,
            "lag" => TopicKind.WorkerLag,
            _ => null,
        };
        address = kind is { } known ? new TopicAddress { Kind = known, Worker = worker } : default;
        return kind is not null;
    }

    private bool TryParseDevice(string topic, out TopicAddress address)
    {
        address = default;
        var rest = topic.AsSpan(_devices.Length);
        var slash = rest.IndexOf('/');
        if (slash <= 0 || !DeviceId.TryParse(rest[..slash].ToString(), out var device))
        {
            return false;
        }

        rest = rest[(slash + 1)..];
        slash = rest.IndexOf('/');
        var noun = slash < 0 ? rest : rest[..slash];
        var name = slash < 0 ? [] : rest[(slash + 1)..];
        return slash < 0
            ? TryParseRetained(noun, device, out address)
            : TryParseNamed(noun, name, device, out address);
    }

    private static bool TryParseRetained(ReadOnlySpan<char> noun, DeviceId device, out TopicAddress address)
    {
        TopicKind? kind = noun switch
        {
            "meta" => TopicKind.Meta,
            "status" => TopicKind.Status,
            "state" => TopicKind.State,
            _ => null,
        };
        address = kind is { } known ? new TopicAddress { Kind = known, Device = device } : default;
        return kind is not null;
    }

    private static bool TryParseNamed(ReadOnlySpan<char> noun, ReadOnlySpan<char> name, DeviceId device, out TopicAddress address)
    {
        address = default;
        switch (noun)
        {
            case "cmd" when CommandName.TryParse(name.ToString(), out var command):
                address = new TopicAddress { Kind = TopicKind.Command, Device = device, Command = command };
                return true;
            case "control" when TryParseVerb(name, out var verb):
                address = new TopicAddress { Kind = TopicKind.Control, Device = device, Verb = verb };
                return true;
            case "telemetry" when SignalName.TryParse(name.ToString(), out var reading):
                address = new TopicAddress { Kind = TopicKind.Telemetry, Device = device, Signal = reading };
                return true;
            case "event" when SignalName.TryParse(name.ToString(), out var happened):
                address = new TopicAddress { Kind = TopicKind.Event, Device = device, Signal = happened };
                return true;
            default:
                return false;
        }
    }

    private static bool TryParseVerb(ReadOnlySpan<char> name, out ControlVerb verb)
    {
        (var known, verb) = name switch
        {
            "register" => (true, ControlVerb.Register),
            "query" => (true, ControlVerb.Query),
            "cancel" => (true, ControlVerb.Cancel),
            "fault" => (true, ControlVerb.Fault),
            _ => (false, default),
        };
        return known;
    }
}
