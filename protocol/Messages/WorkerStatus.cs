namespace IotMqtt.Protocol.Messages;

/// <summary>Whether a worker is there: the payload of <c>{root}/workers/{worker}/status</c>, retained, and its will.</summary>
internal sealed record WorkerStatus
{
    /// <summary>Online or offline.</summary>
    public required Presence State { get; init; }

    /// <summary>How many devices it hosts; not in a will.</summary>
    public int? Devices { get; init; }

    /// <summary>When, on the worker's clock; not in a will.</summary>
    public DateTimeOffset? At { get; init; }
}
