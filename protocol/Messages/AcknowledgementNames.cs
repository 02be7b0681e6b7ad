using System.Text.Json;

namespace IotMqtt.Protocol.Messages;

/// <summary>The words of an acknowledgement on the wire.</summary>
internal static class AcknowledgementNames
{
    public static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    public static readonly JsonEncodedText Epoch = JsonEncodedText.Encode("epoch");
    public static readonly JsonEncodedText Attempt = JsonEncodedText.Encode("attempt");
    public static readonly JsonEncodedText Result = JsonEncodedText.Encode("result");
    public static readonly JsonEncodedText State = JsonEncodedText.Encode("state");
    public static readonly JsonEncodedText Revision = JsonEncodedText.Encode("revision");
    public static readonly JsonEncodedText Times = JsonEncodedText.Encode("times");
    public static readonly JsonEncodedText Accepted = JsonEncodedText.Encode("accepted");
    public static readonly JsonEncodedText Started = JsonEncodedText.Encode("started");
    public static readonly JsonEncodedText Done = JsonEncodedText.Encode("done");
    public static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    public static readonly JsonEncodedText Code = JsonEncodedText.Encode("code");
    public static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    public static readonly JsonEncodedText Progress = JsonEncodedText.Encode("progress");
    public static readonly JsonEncodedText Incarnation = JsonEncodedText.Encode("incarnation");
    public static readonly JsonEncodedText Ledger = JsonEncodedText.Encode("ledger");

    // In the order of AcknowledgementStatus.
    private static readonly JsonEncodedText[] Statuses =
    [
        JsonEncodedText.Encode("accepted"),
        JsonEncodedText.Encode("running"),
        JsonEncodedText.Encode("succeeded"),
        JsonEncodedText.Encode("failed"),
        JsonEncodedText.Encode("cancelled"),
        JsonEncodedText.Encode("rejected"),
        JsonEncodedText.Encode("expired"),
        JsonEncodedText.Encode("unknown"),
    ];

    public static JsonEncodedText Of(AcknowledgementStatus status) => Statuses[(int)status];

    public static bool TryRead(ref Utf8JsonReader reader, out AcknowledgementStatus status)
    {
        status = default;
        if (reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        for (var at = 0; at < Statuses.Length; at++)
        {
            if (reader.ValueTextEquals(Statuses[at].EncodedUtf8Bytes))
            {
                status = (AcknowledgementStatus)at;
                return true;
            }
        }

        return false;
    }
}
