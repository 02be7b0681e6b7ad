using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace IotMqtt.Orchestrator.Cli.Doctoring;

/// <summary>What programs need of the machine, one thing each.</summary>
internal static class Checks
{
    // A fleet in this process has both ends of each connection, and the rest needs some.
    private const int FilesADevice = 2;
    private const int FilesBesides = 200;

    /// <summary>The runtime.</summary>
    public static Finding Runtime() => new("runtime", FindingVerdict.Good, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} cores");

    /// <summary>A folder for the records of big runs.</summary>
    public static Finding TemporaryFolder()
    {
        var folder = Path.GetTempPath();
        try
        {
            var file = Path.Combine(folder, $"iotmqtt-doctor-{Environment.ProcessId}");
            File.WriteAllText(file, "");
            File.Delete(file);
            return new("temporary files", FindingVerdict.Good, folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new("temporary files", FindingVerdict.Missing, $"{folder} cannot be written to: {exception.Message.TrimEnd('.')}", "name a folder that can with TMPDIR");
        }
    }

    /// <summary>Ports on loopback, for the broker in this process.</summary>
    public static async Task<Finding> LoopbackAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            using var client = new TcpClient();
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancellationToken);
            return new("loopback", FindingVerdict.Good, "ports on 127.0.0.1 can be opened and reached");
        }
        catch (SocketException exception)
        {
            return new("loopback", FindingVerdict.Missing, $"no port on 127.0.0.1 can be opened and reached: {exception.Message.TrimEnd('.')}", "let this process listen on loopback, or name a broker with --broker");
        }
    }

    /// <summary>Open files, of which each device needs two where broker and fleet are in this process.</summary>
    /// <param name="devices">How many devices there are to be; null: nobody said.</param>
    public static Finding OpenFiles(int? devices)
    {
        if (MaxOpenFiles() is not { } limit)
        {
            return new("open files", FindingVerdict.Good, "as many as the system has");
        }

        var fit = Math.Max(0, (limit - FilesBesides) / FilesADevice);
        var text = string.Create(CultureInfo.InvariantCulture, $"{limit:N0}, enough for {fit:N0} devices in one process");
        return devices > fit
            ? new("open files", FindingVerdict.Missing, string.Create(CultureInfo.InvariantCulture, $"{text}, and the fleet has {devices:N0}"),
                string.Create(CultureInfo.InvariantCulture, $"ulimit -n {(devices * FilesADevice) + FilesBesides}, or share the fleet among workers"))
            : new("open files", FindingVerdict.Good, text);
    }

    /// <summary>A program that some need.</summary>
    /// <param name="name">What it is called here.</param>
    /// <param name="command">What is run to see whether it is there.</param>
    /// <param name="arguments">With what.</param>
    /// <param name="forWhat">Who needs it.</param>
    /// <param name="remedy">How to get it.</param>
    /// <param name="mustSucceed">Whether it must, to be of use; else it is enough that it is there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Finding> ToolAsync(string name, string command, string[] arguments, string forWhat, string remedy, bool mustSucceed, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            var said = (await output + await error).Trim().Split('\n')[0];
            return process.ExitCode == 0 || !mustSucceed
                ? new(name, FindingVerdict.Good, said)
                : new(name, FindingVerdict.Optional, $"it does not answer ({said}); needed {forWhat}", remedy);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new(name, FindingVerdict.Optional, $"not there; needed {forWhat}", remedy);
        }
    }

    private static long? MaxOpenFiles()
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits))
        {
            return null;
        }

        var words = File.ReadLines(Limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, _, _, _, var hard, ..] && long.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
    }
}
