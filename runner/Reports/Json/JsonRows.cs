using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace IotMqtt.Runner.Reports.Json;

/// <summary>Writes what a report may have millions of: a line each, without what the serializer takes to find out how.</summary>
internal sealed class JsonRows : IDisposable
{
    private static readonly JsonEncodedText Path = JsonEncodedText.Encode("path");
    private static readonly JsonEncodedText Device = JsonEncodedText.Encode("device");
    private static readonly JsonEncodedText Command = JsonEncodedText.Encode("command");
    private static readonly JsonEncodedText Attempt = JsonEncodedText.Encode("attempt");
    private static readonly JsonEncodedText Status = JsonEncodedText.Encode("status");
    private static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    private static readonly JsonEncodedText At = JsonEncodedText.Encode("at");
    private static readonly JsonEncodedText PublishedAt = JsonEncodedText.Encode("publishedAt");
    private static readonly JsonEncodedText AcceptedAt = JsonEncodedText.Encode("acceptedAt");
    private static readonly JsonEncodedText StartedAt = JsonEncodedText.Encode("startedAt");
    private static readonly JsonEncodedText DoneAt = JsonEncodedText.Encode("doneAt");
    private static readonly JsonEncodedText AcknowledgedAt = JsonEncodedText.Encode("acknowledgedAt");
    private static readonly JsonEncodedText Critical = JsonEncodedText.Encode("critical");
    private static readonly JsonEncodedText NodeName = JsonEncodedText.Encode("node");
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Parent = JsonEncodedText.Encode("parent");
    private static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText Label = JsonEncodedText.Encode("label");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    private static readonly JsonEncodedText EndedAt = JsonEncodedText.Encode("endedAt");
    private static readonly JsonEncodedText Omitted = JsonEncodedText.Encode("omitted");

    private readonly ArrayBufferWriter<byte> _row = new(1024);
    private readonly Utf8JsonWriter _writer;

    private readonly bool _onLines;

    /// <summary>Writes as the document around them is written.</summary>
    public JsonRows(JsonWriterOptions document)
    {
        _onLines = document.Indented;
        _writer = new Utf8JsonWriter(_row, new JsonWriterOptions { Encoder = document.Encoder, SkipValidation = true });
    }

    /// <summary>A step. Good until the next call.</summary>
    public ReadOnlySpan<byte> Of(StepReport step)
    {
        Begin();
        _writer.WriteString(Path, step.Path);
        _writer.WriteString(Device, step.Device);
        _writer.WriteString(Command, step.Command);
        _writer.WriteNumber(Attempt, step.Attempt);
        _writer.WriteString(At, step.At);
        _writer.WriteString(Status, StatusNames.Of(step.Status));
        _writer.WriteString(Error, step.Error);
        WriteTime(PublishedAt, step.PublishedAt);
        WriteTime(AcceptedAt, step.AcceptedAt);
        WriteTime(StartedAt, step.StartedAt);
        WriteTime(DoneAt, step.DoneAt);
        WriteTime(AcknowledgedAt, step.AcknowledgedAt);
        _writer.WriteBoolean(Critical, step.Critical);
        _writer.WriteNumber(NodeName, step.Node);
        return End();
    }

    /// <summary>A node. Good until the next call.</summary>
    public ReadOnlySpan<byte> Of(NodeReport node)
    {
        Begin();
        _writer.WriteNumber(Id, node.Id);
        if (node.Parent is { } parent)
        {
            _writer.WriteNumber(Parent, parent);
        }
        else
        {
            _writer.WriteNull(Parent);
        }

        _writer.WriteString(Kind, node.Kind);
        _writer.WriteString(Label, node.Label);
        _writer.WriteString(Path, node.Path);
        _writer.WriteString(Status, StatusNames.Of(node.Status));
        _writer.WriteString(Message, node.Message);
        WriteTime(StartedAt, node.StartedAt);
        WriteTime(EndedAt, node.EndedAt);
        _writer.WriteBoolean(Critical, node.Critical);
        if (node.Omitted != 0)
        {
            _writer.WriteNumber(Omitted, node.Omitted);
        }

        return End();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void Begin()
    {
        _row.ResetWrittenCount();
        if (_onLines)
        {
            _row.Write("\n    "u8);
        }

        _writer.Reset();
        _writer.WriteStartObject();
    }

    private ReadOnlySpan<byte> End()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        return _row.WrittenSpan;
    }

    /// <summary>Milliseconds to three decimals.</summary>
    private void WriteTime(JsonEncodedText name, double? milliseconds)
    {
        if (milliseconds is not { } time)
        {
            _writer.WriteNull(name);
            return;
        }

        Span<byte> text = stackalloc byte[32];
        var micros = (long)Math.Round(time * 1000);
        _ = Utf8Formatter.TryFormat(micros / 1000, text, out var length);
        if (Math.Abs(micros % 1000) is > 0 and var part)
        {
            text[length++] = (byte)'.';
            _ = Utf8Formatter.TryFormat(part, text[length..], out _, new StandardFormat('D', 3));
            length += part % 100 == 0 ? 1 : part % 10 == 0 ? 2 : 3;
        }

        _writer.WritePropertyName(name);
        _writer.WriteRawValue(text[..length], skipInputValidation: true);
    }
}
