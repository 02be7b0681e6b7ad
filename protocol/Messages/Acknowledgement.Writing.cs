using System.Text.Json;

namespace IotMqtt.Protocol.Messages;

internal sealed partial record Acknowledgement
{
    /// <summary>The payload, in an array of its own.</summary>
    public byte[] ToUtf8() => JsonPayload.Write(this, static (writer, acknowledgement) => acknowledgement.WriteTo(writer));

    private void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString(AcknowledgementNames.Status, AcknowledgementNames.Of(Status));
        WriteNumber(writer, AcknowledgementNames.Epoch, Epoch);
        WriteNumber(writer, AcknowledgementNames.Attempt, Attempt);
        WriteJson(writer, AcknowledgementNames.Result, Result);
        WriteJson(writer, AcknowledgementNames.State, State);
        WriteNumber(writer, AcknowledgementNames.Revision, Revision);
        WriteTimes(writer);
        WriteError(writer);
        if (Progress is { } progress)
        {
            writer.WriteNumber(AcknowledgementNames.Progress, progress);
        }

        if (Incarnation is { } incarnation)
        {
            writer.WriteString(AcknowledgementNames.Incarnation, incarnation.ToString());
        }

        if (Ledger is { } ledger)
        {
            writer.WriteString(AcknowledgementNames.Ledger, ledger.ToString());
        }

        writer.WriteEndObject();
    }

    private void WriteTimes(Utf8JsonWriter writer)
    {
        if (Times.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject(AcknowledgementNames.Times);
        WriteTime(writer, AcknowledgementNames.Accepted, Times.Accepted);
        WriteTime(writer, AcknowledgementNames.Started, Times.Started);
        WriteTime(writer, AcknowledgementNames.Done, Times.Done);
        writer.WriteEndObject();
    }

    private void WriteError(Utf8JsonWriter writer)
    {
        if (Error is null)
        {
            return;
        }

        writer.WriteStartObject(AcknowledgementNames.Error);
        writer.WriteString(AcknowledgementNames.Code, Error.Code);
        writer.WriteString(AcknowledgementNames.Message, Error.Message);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, JsonEncodedText name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, JsonEncodedText name, JsonText value)
    {
        if (!value.IsAbsent)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, JsonEncodedText name, DeviceTime? value)
    {
        if (value is { } time)
        {
            writer.WritePropertyName(name);
            time.WriteTo(writer);
        }
    }
}
