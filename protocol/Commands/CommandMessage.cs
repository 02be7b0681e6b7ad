using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Commands;

/// <summary>A command, as a requester sends it and a device takes it.</summary>
internal sealed record CommandMessage
{
    /// <summary>The longest <see cref="Step"/> and <see cref="TraceParent"/>, in UTF-8 bytes.</summary>
    public const int MaxTextBytes = 512;

    /// <summary>Which device.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>Which of its commands.</summary>
    public required CommandName Command { get; init; }

    /// <summary>The arguments, a JSON object.</summary>
    public JsonText Arguments { get; init; } = JsonText.EmptyObject;

    /// <summary>Where the acknowledgement goes; null asks for none.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What the acknowledgement carries back; a <see cref="CommandId"/> for the commands of a run.</summary>
    public CorrelationData Correlation { get; init; }

    /// <summary>How long the device has, counted by itself from arrival; to the millisecond. Null is without limit.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>The run; with it the device keeps the command in its ledger.</summary>
    public RunId? Run { get; init; }

    /// <summary>The step of the program, for people.</summary>
    public string? Step { get; init; }

    /// <summary>Which attempt, from 1.</summary>
    public int? Attempt { get; init; }

    /// <summary>The epoch of the run.</summary>
    public long? Epoch { get; init; }

    /// <summary>W3C trace context, passed through.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The phases that are wanted besides the terminal acknowledgement.</summary>
    public AcknowledgementPhases Acks { get; init; }

    /// <summary>Where the acknowledgement goes; null if none is asked for.</summary>
    public ReplyAddress? ReplyTo => ResponseTopic is null ? null : new ReplyAddress(ResponseTopic, Correlation);
}
