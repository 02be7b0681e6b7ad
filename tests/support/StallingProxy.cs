using System.Net;
using System.Net.Sockets;

namespace IotMqtt.Testing;

/// <summary>
/// Stands between a client and a broker and can stop carrying, in one direction or in both, without closing anything: what a
/// connection looks like whose peer lost its power, or whose router forgot it.
/// </summary>
public sealed class StallingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _life = new();
    private readonly List<Task> _pumps = [];
    private readonly int _target;
    private readonly Task _accepting;
    private volatile bool _stopsToBroker;
    private volatile bool _stopsToClient;

    private StallingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where it is: <c>mqtt://127.0.0.1:port</c>.</summary>
    public string Url => $"mqtt://127.0.0.1:{Port}";

    /// <summary>Starts a proxy in front of a port on 127.0.0.1.</summary>
    public static StallingProxy Before(int port) => new(port);

    /// <summary>From now on nothing is carried in these directions.</summary>
    public void Stop(bool toBroker, bool toClient)
    {
        _stopsToBroker = toBroker;
        _stopsToClient = toClient;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _life.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await _accepting.ConfigureAwait(false);
        await Task.WhenAll(_pumps).ConfigureAwait(false);
        _life.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_life.Token).ConfigureAwait(false);
                _pumps.Add(CarryAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var ours = client;
        using var broker = new TcpClient();
        await broker.ConnectAsync(IPAddress.Loopback, _target, _life.Token).ConfigureAwait(false);

        // A stopped direction hides its end, too.
        await Task.WhenAll(
            PumpAsync(ours.GetStream(), broker.GetStream(), () => _stopsToBroker),
            PumpAsync(broker.GetStream(), ours.GetStream(), () => _stopsToClient)).ConfigureAwait(false);
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, Func<bool> isStopped)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReadAsync(buffer, _life.Token).ConfigureAwait(false) is var count and > 0)
            {
                if (!isStopped())
                {
                    await to.WriteAsync(buffer.AsMemory(0, count), _life.Token).ConfigureAwait(false);
                }
            }

            if (!isStopped())
            {
                to.Socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One of both is gone.
        }
    }
}
