using System.Globalization;

namespace IotMqtt.Devices.Limits;

/// <summary>How many files and sockets this process may have open. Linux only; elsewhere nothing is known and nothing is said.</summary>
internal static class DescriptorLimit
{
    private const string Table = "/proc/self/limits";
    private const string Open = "/proc/self/fd";
    private const string Row = "Max open files";

    // What the process will open besides: reconnects that overlap, log files, name resolution.
    private const int Reserve = 64;

    /// <summary>What is wrong with a fleet of that size, and what to do; null: nothing, or it cannot be known.</summary>
    public static string? Check(int devices, int perDevice) =>
        File.Exists(Table) && TryRead(File.ReadLines(Table), out var limit)
            ? Check(devices, perDevice, Directory.EnumerateFileSystemEntries(Open).Count(), limit)
            : null;

    internal static string? Check(int devices, int perDevice, int open, long limit)
    {
        var needed = ((long)devices * perDevice) + open + Reserve;
        if (needed <= limit)
        {
            return null;
        }

        var fitting = Math.Max(0, (limit - open - Reserve) / perDevice);
        return $"{devices} devices need {needed} open files, and this process may have {limit}: "
            + $"raise the limit (ulimit -n {needed}), or start more workers with at most {fitting} devices each";
    }

    /// <summary>Reads the soft limit from the table that Linux gives; the runtime has raised it to the hard one already.</summary>
    internal static bool TryRead(IEnumerable<string> table, out long limit)
    {
        limit = 0;
        var row = table.FirstOrDefault(row => row.StartsWith(Row, StringComparison.Ordinal));
        return row is not null
            && long.TryParse(
                row[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out limit);
    }
}
