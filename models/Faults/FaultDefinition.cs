using IotMqtt.Models.Chance;

namespace IotMqtt.Models.Faults;

/// <summary>
/// What goes wrong with a device, for as long as it is set: by a fleet's <c>faults:</c>, or by a program's <c>fault:</c> until the
/// enclosing node ends. DESIGN sections 6 and 7.
/// </summary>
public sealed partial record FaultDefinition
{
    /// <summary>Added to what each command takes.</summary>
    public DurationSpec? Latency { get; init; }

    /// <summary>Messages that are lost.</summary>
    public DropFault? Drop { get; init; }

    /// <summary>The probability with which an acknowledgement is sent twice, 0 to 1.</summary>
    public double Duplicate { get; init; }

    /// <summary>Commands that are refused on arrival.</summary>
    public RejectFault? Reject { get; init; }

    /// <summary>The probability with which a command starts and never ends (until it is cancelled), 0 to 1.</summary>
    public double Hang { get; init; }

    /// <summary>The device loses its connection, without a goodbye.</summary>
    public DisconnectFault? Disconnect { get; init; }
}

/// <summary>Messages that are lost.</summary>
/// <param name="What">Which way: what the device sends, or what it receives.</param>
/// <param name="Probability">0 to 1.</param>
public sealed record DropFault(MessageDirection What, double Probability);

/// <summary>Commands that are refused on arrival, with the error code <c>fault</c>.</summary>
/// <param name="Probability">0 to 1.</param>
/// <param name="Message">The reason that the device gives.</param>
public sealed record RejectFault(double Probability, string Message);

/// <summary>The device loses its connection as soon as the fault is set.</summary>
/// <param name="For">How long until it connects again; null: until the fault ends.</param>
public sealed record DisconnectFault(DurationSpec? For);

/// <summary>Seen from the device.</summary>
public enum MessageDirection
{
    /// <summary>What the device sends.</summary>
    Sent,

    /// <summary>What the device receives.</summary>
    Received,
}
