using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IotMqtt.Protocol.Messages;

/// <summary>Writes payloads with one writer and one buffer a thread: the payload itself is all that is allocated.</summary>
internal static class JsonPayload
{
    // What a thread keeps between two payloads; a larger one is given back.
    private const int KeptBytes = 64 * 1024;

    // These payloads are never embedded in HTML: only what JSON itself demands is escaped, so that people can read them.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static byte[] Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(512);
        var writer = _writer ??= new Utf8JsonWriter(buffer, Options);
        buffer.ResetWrittenCount();
        writer.Reset();
        try
        {
            write(writer, value);
            writer.Flush();
            return buffer.WrittenSpan.ToArray();
        }
        finally
        {
            if (buffer.Capacity > KeptBytes)
            {
                _buffer = null;
                _writer = null;
            }
        }
    }
}
