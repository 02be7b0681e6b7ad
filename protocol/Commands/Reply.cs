using System.Diagnostics.CodeAnalysis;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Commands;

/// <summary>How a request ended.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Acknowledgement">The terminal acknowledgement, if it was answered.</param>
internal readonly record struct Reply(ReplyOutcome Outcome, Acknowledgement? Acknowledgement = null)
{
    /// <summary>Whether it was answered.</summary>
    [MemberNotNullWhen(true, nameof(Acknowledgement))]
    public bool IsAnswered => Outcome == ReplyOutcome.Answered;
}
