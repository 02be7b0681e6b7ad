using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Values;

namespace IotMqtt.Lifecycle;

/// <summary>An acknowledgement as the requester got it, in virtual time or over MQTT.</summary>
internal sealed record Answer
{
    public required CommandStatus Status { get; init; }

    public long? Epoch { get; init; }

    public int? Attempt { get; init; }

    public Value Result { get; init; }

    public ValueMap? Changed { get; init; }

    public long? Revision { get; init; }

    public TimeSpan? Accepted { get; init; }

    public TimeSpan? Started { get; init; }

    public TimeSpan? Done { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }
}
