using System.Globalization;

namespace IotMqtt.Broker.Peers;

/// <summary>How many files and sockets this process may have open, and how many it has. Linux only; elsewhere nothing is known.</summary>
internal static class FileLimit
{
    private const string Table = "/proc/self/limits";
    private const string Open = "/proc/self/fd";
    private const string Row = "Max open files";

    /// <returns><see langword="null"/> where it is not known, or without limit.</returns>
    public static (long Limit, int Open)? Read()
    {
        try
        {
            return File.Exists(Table) && Parse(File.ReadLines(Table)) is { } limit ? (limit, Directory.EnumerateFileSystemEntries(Open).Count()) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads the soft limit from the table that Linux gives; the runtime has raised it to the hard one already.</summary>
    internal static long? Parse(IEnumerable<string> table) =>
        table.FirstOrDefault(row => row.StartsWith(Row, StringComparison.Ordinal)) is { } row
        && long.TryParse(row[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : null;
}
