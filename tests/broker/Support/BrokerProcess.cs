using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IotMqtt.Broker.Hosting;
using IotMqtt.Testing;

namespace IotMqtt.Broker.Tests.Support;

/// <summary>The broker as a process of its own, with limits and memory of its own.</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private BrokerProcess(Process process, int port, int healthPort)
    {
        (_process, Port, HealthPort) = (process, port, healthPort);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public int HealthPort { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>What it has said, all of it.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory that it has had resident, in bytes.</summary>
    public long PeakResident
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="files">The files that it may open; <see langword="null"/>: as many as this process.</param>
    /// <param name="arguments">Options on top of its two ports.</param>
    public static async Task<BrokerProcess> StartAsync(int? files, params string[] arguments)
    {
        var (port, healthPort) = (FreePort(), FreePort());
        List<string> command = ["dotnet", typeof(BrokerProgram).Assembly.Location, "--port", $"{port}", "--health-port", $"{healthPort}", .. arguments];
        if (files is not null)
        {
            command.InsertRange(0, [Tool.Find("prlimit", "util-linux"), $"--nofile={files}"]);
        }

        var started = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var broker = new BrokerProcess(started, port, healthPort);
        await Eventually.Async(
            "the broker listens", () => broker.Output.Contains("listening on", StringComparison.Ordinal), TestContext.Current.CancellationToken, () => broker.Output);
        return broker;
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>How often something stands in what it has said.</summary>
    public int CountOf(string text) => Output.Split(text).Length - 1;

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Note(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
