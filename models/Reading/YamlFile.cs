using System.Text;

namespace IotMqtt.Models.Reading;

/// <summary>
/// Reads a YAML file strictly: one document, in UTF-8, of mappings with text keys, lists and scalars. Tags, anchors, aliases,
/// duplicate keys, empty values and nulls are errors, each with its place and with what to write instead. DESIGN section 7.
/// </summary>
internal static class YamlFile
{
    /// <summary>The greatest file, in bytes: a file that is longer is refused before it is read.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>How deep mappings and lists may nest.</summary>
    public const int MaxDepth = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file, as the user wrote it: diagnostics name it so.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>The document; null, with at least one error, where anything is wrong with its YAML.</returns>
    public static YamlNode? Read(string path, DiagnosticBag diagnostics) => Whole(() => ReadPart(path, diagnostics), diagnostics);

    /// <summary>Reads as much of a file as there is, so that everything that is wrong with it can be said at once.</summary>
    /// <param name="path">The file, as the user wrote it.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>The document, without what was refused; null, with at least one error, where nothing of it can be read.</returns>
    public static YamlNode? ReadPart(string path, DiagnosticBag diagnostics) =>
        ReadText(path, diagnostics) is { } text ? ParsePart(text, path, diagnostics) : null;

    /// <summary>Reads a document that is in memory.</summary>
    /// <param name="text">The document.</param>
    /// <param name="name">What diagnostics call it, such as <c>(built-in)/hue-light.yaml</c>.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>The document; null, with at least one error, where anything is wrong with its YAML.</returns>
    public static YamlNode? Parse(string text, string name, DiagnosticBag diagnostics) => Whole(() => ParsePart(text, name, diagnostics), diagnostics);

    /// <summary>Reads as much of a document as there is: see <see cref="ReadPart"/>.</summary>
    public static YamlNode? ParsePart(string text, string name, DiagnosticBag diagnostics) => YamlTree.Build(text, name, diagnostics);

    /// <summary>Reads a text file: UTF-8, no longer than <see cref="MaxBytes"/>.</summary>
    /// <param name="path">The file, as the user wrote it.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>Its text; null, with one error, where there is none to be had.</returns>
    public static string? ReadText(string path, DiagnosticBag diagnostics)
    {
        var whole = new SourcePosition(path, 0, 0);
        try
        {
            if (path.Length == 0)
            {
                diagnostics.Error(whole, "the name of a file is empty");
                return null;
            }

            diagnostics.LookedFor(path);
            if (Directory.Exists(path))
            {
                diagnostics.Error(whole, "this is a folder, not a file");
                return null;
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
            return stream.CanSeek && stream.Length > MaxBytes
                ? TooLong(whole, diagnostics)
                : Decode(ReadBounded(stream), whole, diagnostics);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            diagnostics.Error(whole, exception switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => "you are not permitted to read this file",
                _ => $"the file cannot be read: {exception.Message}",
            });
            return null;
        }
    }

    private static YamlNode? Whole(Func<YamlNode?> read, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Noted;
        var document = read();
        return diagnostics.Noted == before ? document : null;
    }

    private static byte[] ReadBounded(FileStream stream)
    {
        // A pipe has no length, and some files say 0: read as long as there is something, but no further than the limit.
        var buffer = new byte[stream.CanSeek && stream.Length > 0 ? stream.Length + 1 : 64 * 1024];
        var length = 0;
        while (true)
        {
            var read = stream.Read(buffer, length, buffer.Length - length);
            length += read;
            if (read == 0 || length > MaxBytes)
            {
                return buffer[..length];
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    private static string? Decode(byte[] bytes, SourcePosition whole, DiagnosticBag diagnostics)
    {
        if (bytes.Length > MaxBytes)
        {
            return TooLong(whole, diagnostics);
        }

        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            diagnostics.Error(whole, "the file is in UTF-16", "save it as UTF-8");
            return null;
        }

        var content = bytes.AsSpan(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0);
        try
        {
            return StrictUtf8.GetString(content);
        }
        catch (DecoderFallbackException exception)
        {
            var valid = content[..Math.Max(0, exception.Index)];
            var lineStart = valid.LastIndexOf((byte)'\n') + 1;
            var at = whole with { Line = valid.Count((byte)'\n') + 1, Column = Encoding.UTF8.GetCharCount(valid[lineStart..]) + 1 };
            diagnostics.Error(at, $"the byte 0x{content[valid.Length]:X2} is not UTF-8", "save the file as UTF-8");
            return null;
        }
    }

    private static string? TooLong(SourcePosition whole, DiagnosticBag diagnostics)
    {
        diagnostics.Error(whole, $"the file is longer than {MaxBytes / (1024 * 1024)} MiB", "split it");
        return null;
    }
}
