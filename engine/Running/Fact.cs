using System.Collections.Immutable;
using IotMqtt.Engine.Running.Calls;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running;

/// <summary>
/// Something that has happened to a run: all that it ever learns, and what its journal holds. A run is the fold of its facts: equal facts,
/// equal run. DESIGN section 8.
/// </summary>
/// <param name="At">When, since the run began. Never earlier than the fact before it.</param>
internal abstract record Fact(TimeSpan At)
{
    /// <summary>The first fact: the run begins.</summary>
    /// <param name="Run">Its identity; ids of commands derive from it.</param>
    /// <param name="Seed">The seed of all its chance.</param>
    /// <param name="StartedAt">When, by the calendar.</param>
    /// <param name="Parameters">The program's parameters, defaults applied.</param>
    /// <param name="Devices">The devices as they were registered.</param>
    /// <param name="Epoch">Counts the orchestrators that have held this run, from 1.</param>
    public sealed record Started(
        UInt128 Run, ulong Seed, DateTimeOffset StartedAt, ValueMap Parameters, ImmutableArray<DeviceSeen> Devices, long Epoch = 1) : Fact(TimeSpan.Zero);

    /// <summary>Another orchestrator has taken over: acknowledgements for an earlier epoch are ignored from now on.</summary>
    public sealed record EpochBegan(TimeSpan At, long Epoch) : Fact(At);

    /// <summary>A command was granted its slot in the send window; its deadline starts (DESIGN section 4, rule 8).</summary>
    public sealed record Published(TimeSpan At, UInt128 Command) : Fact(At);

    /// <summary>A command could not be published, or the broker says that nobody received it.</summary>
    public sealed record PublishFailed(TimeSpan At, UInt128 Command, PublishFailure Failure, string? Message = null) : Fact(At);

    /// <summary>A device answered: a phase, the end of a command, or the answer to a query or a cancel.</summary>
    public sealed record Acknowledged(TimeSpan At, UInt128 Command, Acknowledgement Acknowledgement) : Fact(At);

    /// <summary>A device is there. Another ledger generation than before: its ledger was lost.</summary>
    public sealed record DeviceOnline(TimeSpan At, string Device, string? Incarnation, string? Ledger) : Fact(At);

    /// <summary>A device is known to be away.</summary>
    public sealed record DeviceOffline(TimeSpan At, string Device) : Fact(At);

    /// <summary>The connection to the broker is back and the devices' status is known again: what is open is settled.</summary>
    public sealed record LinkRestored(TimeSpan At) : Fact(At);

    /// <summary>The time that an <see cref="Effect.Alarm"/> asked for has come.</summary>
    public sealed record Ticked(TimeSpan At) : Fact(At);

    /// <summary>What an expression came to.</summary>
    public sealed record Evaluated(TimeSpan At, Ticket Ticket, Evaluation Evaluation) : Fact(At);

    /// <summary>The devices that a selection found, or why there are none.</summary>
    public sealed record Selected(TimeSpan At, Ticket Ticket, ImmutableArray<string> Devices, string? Error = null) : Fact(At);

    /// <summary>A matcher is armed: what is published from now on is seen. Or why it could not be armed.</summary>
    public sealed record Armed(TimeSpan At, Ticket Ticket, string? Error = null) : Fact(At);

    /// <summary>A matcher saw its message.</summary>
    /// <param name="At">When.</param>
    /// <param name="Ticket">Which matcher.</param>
    /// <param name="Message">The message's value.</param>
    /// <param name="Topic">Its topic.</param>
    public sealed record Matched(TimeSpan At, Ticket Ticket, Value Message, string? Topic = null) : Fact(At);

    /// <summary>A matcher could not judge a message: its condition came to an error. Told once a matcher; the message does not fit.</summary>
    /// <param name="At">When.</param>
    /// <param name="Ticket">Which matcher.</param>
    /// <param name="Topic">The message's topic.</param>
    /// <param name="Reason">Why.</param>
    public sealed record Unjudged(TimeSpan At, Ticket Ticket, string Topic, string Reason) : Fact(At);

    /// <summary>The messages that a matcher saw and that did not fit.</summary>
    /// <param name="At">When.</param>
    /// <param name="Ticket">Which matcher.</param>
    /// <param name="Nearest">The nearest of them, in the order in which they came.</param>
    /// <param name="Count">How many there were in all.</param>
    public sealed record Recalled(TimeSpan At, Ticket Ticket, ImmutableArray<NearMiss> Nearest, long Count) : Fact(At);

    /// <summary>A call of the system under test was answered; or why not.</summary>
    public sealed record Called(TimeSpan At, Ticket Ticket, CallAnswer Answer) : Fact(At);

    /// <summary>A publish was acknowledged or a fault was set; or why not.</summary>
    public sealed record Performed(TimeSpan At, Ticket Ticket, string? Error = null) : Fact(At);

    /// <summary>Somebody wants the run to end. Asked a second time, it no longer waits for anything.</summary>
    public sealed record CancelAsked(TimeSpan At, CancelReason Reason) : Fact(At);
}

/// <summary>A message that a matcher looked at and that did not fit.</summary>
/// <param name="At">When it came.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Value">Its value as JSON, shortened.</param>
/// <param name="Reason">Why it did not fit: what its condition looked at, or why it could not be judged.</param>
public readonly record struct NearMiss(TimeSpan At, string Topic, string Value, string Reason);

/// <summary>A device at the start of a run.</summary>
/// <param name="Device">Its id.</param>
/// <param name="Incarnation">Which life of it, where it says so.</param>
/// <param name="Ledger">The generation of its ledger, where it has one.</param>
/// <param name="Online">Whether it is there.</param>
internal readonly record struct DeviceSeen(string Device, string? Incarnation = null, string? Ledger = null, bool Online = true);

/// <summary>Why a command could not be published.</summary>
internal enum PublishFailure
{
    /// <summary>PUBACK reason 16: nobody subscribes (rule 9).</summary>
    NoSubscribers,

    /// <summary>It was cancelled before it was sent.</summary>
    Withdrawn,

    /// <summary>The broker refused it: not authorized, too large, over a quota.</summary>
    Refused,
}

/// <summary>Why a run is cancelled.</summary>
public enum CancelReason
{
    /// <summary>Somebody pressed Ctrl-C.</summary>
    Interrupted,

    /// <summary>The run's <c>--timeout</c> passed.</summary>
    Timeout,
}
