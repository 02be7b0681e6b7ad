using System.Collections.Immutable;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.Scopes;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running;

/// <summary>
/// Something that a run wants done. Its world carries it out, in order, and answers with facts. Where a replayed run owes an effect it is
/// the same again: carrying it out twice must do no more than once. DESIGN section 8.
/// </summary>
internal abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>
    /// Send a command. Answered by <see cref="Fact.Published"/> or <see cref="Fact.PublishFailed"/>, then by <see cref="Fact.Acknowledged"/>.
    /// The same id again is a re-send of the same command: devices carry it out once (rules 2 and 3).
    /// </summary>
    public sealed record Send : Effect
    {
        /// <summary>Its id: the correlation data, big-endian.</summary>
        public required UInt128 Id { get; init; }

        /// <summary>The device.</summary>
        public required string Device { get; init; }

        /// <summary>The command.</summary>
        public required string Command { get; init; }

        /// <summary>Its arguments.</summary>
        public required ValueMap Arguments { get; init; }

        /// <summary>Which attempt of the node, from 1.</summary>
        public required int Attempt { get; init; }

        /// <summary>The epoch of the run.</summary>
        public required long Epoch { get; init; }

        /// <summary>How long the device may let it wait after its arrival: <c>budget-ms</c> and Message Expiry.</summary>
        public required TimeSpan Budget { get; init; }

        /// <summary>The ordinal of the step.</summary>
        public required long Step { get; init; }
    }

    /// <summary>Ask the device's ledger what became of a command; answered by <see cref="Fact.Acknowledged"/> (rule 4).</summary>
    public sealed record Query(UInt128 Id, string Device, long Epoch) : Effect;

    /// <summary>
    /// Cancel a command: withdraw it where it has not been sent yet (<see cref="Fact.PublishFailed"/>, withdrawn), else tell the device
    /// (<see cref="Fact.Acknowledged"/>).
    /// </summary>
    public sealed record Cancel(UInt128 Id, string Device, long Epoch) : Effect;

    /// <summary>Say <see cref="Fact.Ticked"/> when this time has come; replaces the alarm before. A run has one alarm.</summary>
    /// <param name="At">When, since the run began.</param>
    public sealed record Alarm(TimeSpan At) : Effect;

    /// <summary>Evaluate; answered by <see cref="Fact.Evaluated"/>. To be done at once: the scope may change later.</summary>
    /// <param name="Ticket">To be brought back.</param>
    /// <param name="Template">What; a condition is a lone expression.</param>
    /// <param name="Condition">Whether it must come to true or false.</param>
    /// <param name="Scope">The names that the program sees there.</param>
    /// <param name="Now">The run's clock, for <c>Date</c>.</param>
    /// <param name="Seed">For <c>Math.random</c>.</param>
    /// <param name="Explained">Whether a condition that does not hold is to say what it looked at.</param>
    public sealed record Evaluate(
        Ticket Ticket, ValueTemplate Template, bool Condition, ProgramScope Scope, TimeSpan Now, ulong Seed, bool Explained = false) : Effect;

    /// <summary>Find devices, and register those that are new to the run; answered by <see cref="Fact.Selected"/>.</summary>
    /// <param name="Ticket">To be brought back.</param>
    /// <param name="Selection">Which devices.</param>
    /// <param name="Where">A condition on each of them; null: none.</param>
    /// <param name="As">The variable that stands for the device in it.</param>
    /// <param name="Scope">The other names that it sees.</param>
    /// <param name="Now">The run's clock.</param>
    /// <param name="Seed">For <c>Math.random</c>.</param>
    public sealed record Select(Ticket Ticket, DeviceSelection Selection, Expression? Where, string As, ProgramScope Scope, TimeSpan Now, ulong Seed) : Effect;

    /// <summary>
    /// Look out for messages; answered by <see cref="Fact.Armed"/> once nothing can be missed any more, then by <see cref="Fact.Matched"/>
    /// for each message that fits, until it is disarmed. A message of which that cannot be said does not fit; <see cref="Fact.Unjudged"/> tells
    /// of the first. The same ticket again replaces the matcher.
    /// </summary>
    public sealed record Arm : Effect
    {
        /// <summary>To be brought back.</summary>
        public required Ticket Ticket { get; init; }

        /// <summary>What kind of message.</summary>
        public required MatchKind Kind { get; init; }

        /// <summary>The device, where the kind has one.</summary>
        public string? Device { get; init; }

        /// <summary>The reading, the event, the topic filter; null for a state.</summary>
        public string? Entry { get; init; }

        /// <summary>A condition over <c>value</c> and <c>topic</c>; null: any message.</summary>
        public Expression? Where { get; init; }

        /// <summary>For messages that are numbered: their number. Only a message that is missing, twice or out of order fits.</summary>
        public Expression? Counter { get; init; }

        /// <summary>What is numbered by itself; null: each topic.</summary>
        public Expression? Per { get; init; }

        /// <summary>The other names that the condition sees.</summary>
        public required ProgramScope Scope { get; init; }

        /// <summary>Whether what is there already counts: retained messages, and the state as it is.</summary>
        public bool WithRetained { get; init; }

        /// <summary>For <c>Math.random</c>.</summary>
        public ulong Seed { get; init; }
    }

    /// <summary>Say which messages a matcher has seen that did not fit; answered by <see cref="Fact.Recalled"/>.</summary>
    public sealed record Recall(Ticket Armed) : Effect;

    /// <summary>Look no longer; not answered.</summary>
    public sealed record Disarm(Ticket Ticket) : Effect;

    /// <summary>Publish a message; answered by <see cref="Fact.Performed"/> when the broker has taken it.</summary>
    public sealed record Publish(Ticket Ticket, string Topic, ImmutableArray<byte> Payload, int Qos, bool Retain) : Effect;

    /// <summary>Send an HTTP request; answered by <see cref="Fact.Called"/>, unless it is given up.</summary>
    /// <param name="Ticket">To be brought back.</param>
    /// <param name="Method">The method.</param>
    /// <param name="Url">Where to, absolute.</param>
    /// <param name="Headers">Its headers; they go before what the body says by itself.</param>
    /// <param name="Body">What it carries.</param>
    /// <param name="ContentType">What that is; null: it carries nothing.</param>
    public sealed record Fetch(
        Ticket Ticket, string Method, string Url, ImmutableArray<KeyValuePair<string, string>> Headers, ImmutableArray<byte> Body, string? ContentType) : Effect;

    /// <summary>Run a program of the operating system; answered by <see cref="Fact.Called"/>, unless it is given up.</summary>
    /// <param name="Ticket">To be brought back.</param>
    /// <param name="Command">The program and its arguments.</param>
    /// <param name="Directory">The folder that it runs in; null: that of this process.</param>
    /// <param name="Environment">Environment variables beside those of this process.</param>
    /// <param name="Input">What it reads.</param>
    public sealed record Execute(
        Ticket Ticket, ImmutableArray<string> Command, string? Directory, ImmutableArray<KeyValuePair<string, string>> Environment, ImmutableArray<byte> Input) : Effect;

    /// <summary>End a call that nobody waits for any more: close its connection, kill its process and what that has started; not answered.</summary>
    public sealed record GiveUp(Ticket Ticket) : Effect;

    /// <summary>Set a fault; answered by <see cref="Fact.Performed"/>.</summary>
    public sealed record SetFault(Ticket Ticket, ImmutableArray<string> Devices, FaultDefinition Fault) : Effect;

    /// <summary>Lift the fault of that ticket; not answered.</summary>
    public sealed record ClearFault(Ticket Ticket, ImmutableArray<string> Devices) : Effect;

    /// <summary>Write a line into the record of the run; not answered.</summary>
    public sealed record Log(TimeSpan At, string Message) : Effect;

    /// <summary>The run is over. Always the last effect.</summary>
    public sealed record Ended(Verdict Verdict) : Effect;
}
