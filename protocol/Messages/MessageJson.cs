using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IotMqtt.Protocol.Messages;

/// <summary>
/// The payloads of the contract as JSON. Malformed input is a value: false, and a reason to log. Acknowledgements have methods
/// of their own, as they are what arrives by the tens of thousands.
/// </summary>
internal static class MessageJson
{
    /// <summary>Writes a payload.</summary>
    public static byte[] ToUtf8(DeviceMeta message) => Write(message, MessageJsonContext.Default.DeviceMeta);

    /// <summary>Writes a payload.</summary>
    public static byte[] ToUtf8(DeviceStatus message) => Write(message, MessageJsonContext.Default.DeviceStatus);

    /// <summary>Writes a payload.</summary>
    public static byte[] ToUtf8(WorkerStatus message) => Write(message, MessageJsonContext.Default.WorkerStatus);

    /// <summary>Writes a payload.</summary>
    public static byte[] ToUtf8(WorkerLag message) => Write(message, MessageJsonContext.Default.WorkerLag);

    /// <summary>Writes a payload.</summary>
    public static byte[] ToUtf8(DeviceState message) => Write(message, MessageJsonContext.Default.DeviceState);

    /// <summary>Writes a payload.</summary>
    public static byte[] ToUtf8(RegisterRequest message) => Write(message, MessageJsonContext.Default.RegisterRequest);

    /// <summary>Writes a payload.</summary>
    public static byte[] ToUtf8(QueryRequest message) => Write(message, MessageJsonContext.Default.QueryRequest);

    /// <summary>Writes a payload.</summary>
    public static byte[] ToUtf8(CancelRequest message) => Write(message, MessageJsonContext.Default.CancelRequest);

    /// <summary>Writes a payload.</summary>
    public static byte[] ToUtf8(FaultRequest message) => Write(message, MessageJsonContext.Default.FaultRequest);

    /// <summary>Reads a payload; false, with a reason, if it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out DeviceMeta? message, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, MessageJsonContext.Default.DeviceMeta, out message, out reason);

    /// <summary>Reads a payload; false, with a reason, if it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out DeviceStatus? message, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, MessageJsonContext.Default.DeviceStatus, out message, out reason);

    /// <summary>Reads a payload; false, with a reason, if it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out WorkerStatus? message, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, MessageJsonContext.Default.WorkerStatus, out message, out reason);

    /// <summary>Reads a payload; false, with a reason, if it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out WorkerLag? message, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, MessageJsonContext.Default.WorkerLag, out message, out reason);

    /// <summary>Reads a payload; false, with a reason, if it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out DeviceState? message, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, MessageJsonContext.Default.DeviceState, out message, out reason);

    /// <summary>Reads a payload; false, with a reason, if it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out RegisterRequest? message, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, MessageJsonContext.Default.RegisterRequest, out message, out reason);

    /// <summary>Reads a payload; false, with a reason, if it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out QueryRequest? message, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, MessageJsonContext.Default.QueryRequest, out message, out reason);

    /// <summary>Reads a payload; false, with a reason, if it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out CancelRequest? message, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, MessageJsonContext.Default.CancelRequest, out message, out reason);

    /// <summary>Reads a payload; false, with a reason, if it is malformed.</summary>
    public static bool TryParse(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out FaultRequest? message, [NotNullWhen(false)] out string? reason) =>
        TryRead(payload, MessageJsonContext.Default.FaultRequest, out message, out reason);

    private static byte[] Write<T>(T message, JsonTypeInfo<T> type) =>
        JsonPayload.Write((message, type), static (writer, state) => JsonSerializer.Serialize(writer, state.message, state.type));

    private static bool TryRead<T>(
        ReadOnlySpan<byte> payload,
        JsonTypeInfo<T> type,
        [NotNullWhen(true)] out T? message,
        [NotNullWhen(false)] out string? reason)
        where T : class
    {
        try
        {
            message = JsonSerializer.Deserialize(payload, type);
            reason = message is null ? "it is null" : null;
        }
        catch (JsonException exception)
        {
            message = null;
            reason = Explain(exception, type);
        }

        return reason is null;
    }

    // What the serializer says names types of ours, which mean nothing to whoever wrote the message.
    private static string Explain(JsonException exception, JsonTypeInfo type) => exception switch
    {
        { InnerException: JsonException } => $"it is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})",
        { Path: ['$', '.', .. var name] } => $"its \"{name}\" is not valid",
        _ => $"it must be a JSON object with {string.Join(", ", type.Properties.Where(property => property.IsRequired).Select(property => $"\"{property.Name}\""))}",
    };
}
