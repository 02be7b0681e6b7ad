using IotMqtt.Engine.Running;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Dispatch.Commands;

namespace IotMqtt.Runner.Dispatch.Loop;

/// <summary>Something that came from outside and has to be looked at by the world before the run can learn of it.</summary>
internal abstract record WorldEvent
{
    private WorldEvent()
    {
    }

    /// <summary>A device answered.</summary>
    public sealed record Acknowledged(ReceivedAcknowledgement Received) : WorldEvent;

    /// <summary>Another message came.</summary>
    public sealed record Message(IncomingMessage Content, TopicAddress? Address) : WorldEvent;

    /// <summary>A connection's status changed.</summary>
    public sealed record Link(int Index, LinkStatus Status) : WorldEvent;

    /// <summary>A publish of a command did not leave.</summary>
    public sealed record NotSent(OpenCommand Command) : WorldEvent;

    /// <summary>The broker has answered a subscription of a matcher.</summary>
    public sealed record Subscribed(Ticket Ticket, string? Failure) : WorldEvent;

    /// <summary>The time of the alarm may have come.</summary>
    public sealed record AlarmRang : WorldEvent;
}
