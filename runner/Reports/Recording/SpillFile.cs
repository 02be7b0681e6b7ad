using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IotMqtt.Runner.Reports.Recording;

/// <summary>
/// Bytes that may be more than memory should hold: the pages used last are in memory, the others in a file without a name, which is made when
/// the first page has to go and is gone with the process. Where no file can be written, everything stays in memory. Not thread-safe.
/// </summary>
internal sealed class SpillFile(int pagesInMemory) : IDisposable
{
    /// <summary>The bytes of a page.</summary>
    public const int PageSize = 64 * 1024;

    private readonly Dictionary<long, Page> _pages = [];
    private SafeFileHandle? _file;
    private Page? _last;
    private long _uses;

    /// <summary>How many bytes have been appended.</summary>
    public long Length { get; private set; }

    /// <summary>Why the rest stays in memory; null: it does not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>How many pages are in memory.</summary>
    public int Pages => _pages.Count;

    /// <summary>Bytes to read and to change, within one page. Good until the next call.</summary>
    public Span<byte> At(long position, int length)
    {
        var page = PageOf(position / PageSize);
        page.IsDirty = true;
        return page.Bytes.AsSpan((int)(position % PageSize), length);
    }

    /// <summary>Bytes to read, within one page. Good until the next call.</summary>
    public ReadOnlySpan<byte> Peek(long position, int length) =>
        PageOf(position / PageSize).Bytes.AsSpan((int)(position % PageSize), length);

    /// <summary>Appends bytes with their length before them.</summary>
    /// <returns>Where they are.</returns>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        var position = Length;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        AppendAll(length);
        AppendAll(bytes);
        return position;
    }

    /// <summary>What was appended there.</summary>
    public byte[] Read(long position)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        ReadAll(position, length);
        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        ReadAll(position + sizeof(int), bytes);
        return bytes;
    }

    /// <summary>The text that was appended there, as UTF-8.</summary>
    public string ReadText(long position)
    {
        var within = (int)(position % PageSize);
        if (within > PageSize - sizeof(int))
        {
            return Encoding.UTF8.GetString(Read(position));
        }

        var page = PageOf(position / PageSize).Bytes;
        var length = BinaryPrimitives.ReadInt32LittleEndian(page.AsSpan(within));
        return within + sizeof(int) + length <= PageSize
            ? Encoding.UTF8.GetString(page, within + sizeof(int), length)
            : Encoding.UTF8.GetString(Read(position));
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void AppendAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var part = Math.Min(bytes.Length, PageSize - (int)(Length % PageSize));
            bytes[..part].CopyTo(At(Length, part));
            Length += part;
            bytes = bytes[part..];
        }
    }

    private void ReadAll(long position, Span<byte> into)
    {
        while (!into.IsEmpty)
        {
            var part = Math.Min(into.Length, PageSize - (int)(position % PageSize));
            Peek(position, part).CopyTo(into);
            position += part;
            into = into[part..];
        }
    }

    private Page PageOf(long number)
    {
        if (_last is { } last && last.Number == number)
        {
            return last;
        }

        if (!_pages.TryGetValue(number, out var page))
        {
            page = Load(number);
        }

        page.Used = ++_uses;
        return _last = page;
    }

    private Page Load(long number)
    {
        var page = _pages.Count >= pagesInMemory && Trouble is null ? Evict() : null;
        page ??= new Page();
        page.Number = number;
        var read = _file is null ? 0 : RandomAccess.Read(_file, page.Bytes, number * PageSize);
        page.Bytes.AsSpan(read).Clear();
        _pages.Add(number, page);
        return page;
    }

    /// <summary>Makes room: the page that was used longest ago goes to the file.</summary>
    /// <returns>It, to be used for another; null: it cannot be written.</returns>
    private Page? Evict()
    {
        var oldest = _pages.Values.MinBy(static page => page.Used)!;
        try
        {
            if (oldest.IsDirty)
            {
                _file ??= Open();
                RandomAccess.Write(_file, oldest.Bytes, oldest.Number * PageSize);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Trouble = exception.Message.TrimEnd('.');
            return null;
        }

        _pages.Remove(oldest.Number);
        oldest.IsDirty = false;
        return oldest;
    }

    private static SafeFileHandle Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"iotmqtt-{Path.GetRandomFileName()}");
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Nothing is left even by a process that is killed.
            File.Delete(path);
        }

        return file;
    }

    private sealed class Page
    {
        public byte[] Bytes { get; } = new byte[PageSize];

        public long Number { get; set; }

        public bool IsDirty { get; set; }

        public long Used { get; set; }
    }
}
