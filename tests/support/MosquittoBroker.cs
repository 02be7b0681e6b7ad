using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace IotMqtt.Testing;

/// <summary>
/// Debian's Mosquitto on a loopback port of its own. It can be stopped and started again on the same port. Where it is not
/// installed the test is skipped, except in CI, where nothing is.
/// </summary>
public sealed class MosquittoBroker : IAsyncDisposable
{
    // Another process may take the free port between our looking and Mosquitto's binding.
    private const int PortAttempts = 5;

    private readonly DirectoryInfo _folder;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private MosquittoBroker(DirectoryInfo folder, int port, int? webSocketPort)
    {
        _folder = folder;
        Port = port;
        WebSocketPort = webSocketPort;
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The port for WebSockets, if it was told to have one.</summary>
    public int? WebSocketPort { get; }

    /// <summary>Where it is: <c>mqtt://127.0.0.1:port</c>.</summary>
    public string Url => $"mqtt://127.0.0.1:{Port}";

    /// <summary>What it has written to its log.</summary>
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

    /// <summary>Starts a broker and waits until it takes connections.</summary>
    public static async Task<MosquittoBroker> StartAsync(CancellationToken cancellationToken, MosquittoOptions? options = null)
    {
        var executable = Find();
        options ??= new MosquittoOptions();
        for (var attempt = 1; ; attempt++)
        {
            var broker = new MosquittoBroker(Directory.CreateTempSubdirectory("iotmqtt-mosquitto-"), FreePort(), options.WebSockets ? FreePort() : null);
            try
            {
                await broker.ConfigureAsync(options, cancellationToken).ConfigureAwait(false);
                await broker.StartAgainAsync(executable, cancellationToken).ConfigureAwait(false);
                return broker;
            }
            catch (InvalidOperationException) when (attempt < PortAttempts)
            {
                await broker.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Starts it again after <see cref="StopAsync"/>, on the same port.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken) => StartAgainAsync(Find(), cancellationToken);

    /// <summary>Stops it; its clients lose their connections.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            process.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _folder.Delete(recursive: true);
    }

    private static string Find() => Tool.Find("mosquitto", "mosquitto");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task ConfigureAsync(MosquittoOptions options, CancellationToken cancellationToken)
    {
        // Started as root it would become another user, who may not read this folder.
        List<string> lines = ["user root", "persistence false", "log_dest stderr", "log_type all", $"listener {Port} 127.0.0.1"];
        if (options.Users.Count > 0)
        {
            var passwords = Path.Combine(_folder.FullName, "passwords");
            await File.WriteAllTextAsync(passwords, string.Empty, cancellationToken).ConfigureAwait(false);
            foreach (var (user, password) in options.Users)
            {
                using var tool = Process.Start(new ProcessStartInfo(Tool.Find("mosquitto_passwd", "mosquitto"), ["-b", passwords, user, password]) { RedirectStandardError = true })!;
                await tool.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                Assert.Equal(0, tool.ExitCode);
            }

            lines.Add($"password_file {passwords}");
        }

        lines.Add($"allow_anonymous {(options.Users.Count > 0 ? "false" : "true")}");
        if (options.CertificateFile is { } certificate)
        {
            lines.AddRange([$"certfile {certificate}", $"keyfile {certificate}"]);
        }

        if (WebSocketPort is { } port)
        {
            lines.AddRange([$"listener {port} 127.0.0.1", "protocol websockets"]);
        }

        lines.AddRange(options.Lines);
        await File.WriteAllLinesAsync(Configuration, lines, cancellationToken).ConfigureAwait(false);
    }

    private string Configuration => Path.Combine(_folder.FullName, "mosquitto.conf");

    private async Task StartAgainAsync(string executable, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo(executable, ["-c", Configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await Eventually.Async(
            "Mosquitto takes connections",
            async () => process.HasExited
                ? throw new InvalidOperationException($"Mosquitto ended with {process.ExitCode}: {Output}")
                : await TakesConnectionsAsync(Port, cancellationToken).ConfigureAwait(false)
                  && (WebSocketPort is not { } port || await TakesConnectionsAsync(port, cancellationToken).ConfigureAwait(false)),
            cancellationToken,
            () => Output).ConfigureAwait(false);
    }

    private static async Task<bool> TakesConnectionsAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
