using System.Diagnostics.CodeAnalysis;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Messages;
using Acknowledgement = IotMqtt.Engine.Running.Acknowledgement;

namespace IotMqtt.Runner.Dispatch.Commands;

/// <summary>From what went over the wire to what a run learns.</summary>
internal static class AcknowledgementConversion
{
    /// <summary>Converts; false, with a reason, where a value in it is more than a run takes (nested too deep).</summary>
    public static bool TryConvert(
        Protocol.Messages.Acknowledgement content,
        [NotNullWhen(true)] out Acknowledgement? acknowledgement,
        [NotNullWhen(false)] out string? reason)
    {
        acknowledgement = null;
        if (!TryRead(content.Result, out var result, out reason) || !TryRead(content.State, out var state, out reason))
        {
            reason ??= "it cannot be read";
            return false;
        }

        acknowledgement = new Acknowledgement
        {
            Status = Of(content.Status),
            Epoch = content.Epoch,
            Result = result,
            Changed = state.Kind == ValueKind.Map ? state.AsMap : null,
            Accepted = At(content.Times.Accepted),
            Started = At(content.Times.Started),
            Done = At(content.Times.Done),
            ErrorCode = content.Error?.Code,
            ErrorMessage = content.Error?.Message,
        };
        reason = null;
        return true;
    }

    private static CommandStatus Of(AcknowledgementStatus status) => status switch
    {
        AcknowledgementStatus.Accepted => CommandStatus.Accepted,
        AcknowledgementStatus.Running => CommandStatus.Running,
        AcknowledgementStatus.Succeeded => CommandStatus.Succeeded,
        AcknowledgementStatus.Failed => CommandStatus.Failed,
        AcknowledgementStatus.Cancelled => CommandStatus.Cancelled,
        AcknowledgementStatus.Rejected => CommandStatus.Rejected,
        AcknowledgementStatus.Expired => CommandStatus.Expired,
        _ => CommandStatus.Unknown,
    };

    private static TimeSpan? At(DeviceTime? time) => time is { } known ? TimeSpan.FromMicroseconds(known.UnixMicroseconds) : null;

    private static bool TryRead(JsonText text, out Value value, out string? reason)
    {
        value = Value.Null;
        reason = null;
        return text.IsAbsent || Value.TryParseJson(text.Utf8.Span, out value, out reason);
    }
}
