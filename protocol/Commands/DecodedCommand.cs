using System.Diagnostics.CodeAnalysis;
using IotMqtt.Protocol.Addressing;

namespace IotMqtt.Protocol.Commands;

/// <summary>What a message on a command topic turned out to be: a command, or why it is none.</summary>
internal readonly record struct DecodedCommand
{
    /// <summary>The command; null if it is malformed.</summary>
    public CommandMessage? Command { get; init; }

    /// <summary>What is wrong with it; null if nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>
    /// Where to say so (<c>rejected</c>, <see cref="Messages.ErrorCodes.Malformed"/>), if it asks for an acknowledgement and
    /// may be answered.
    /// </summary>
    public ReplyAddress? ReplyTo { get; init; }

    /// <summary>Whether it is a command.</summary>
    [MemberNotNullWhen(true, nameof(Command))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsCommand => Command is not null;
}
