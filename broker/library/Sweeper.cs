using IotMqtt.Broker.Connections;
using IotMqtt.Broker.Routing;
using IotMqtt.Broker.Sessions;
using IotMqtt.Broker.Wills;

namespace IotMqtt.Broker;

/// <summary>One timer for all that becomes due: CONNECTs that do not come, silent clients, wills, sessions, retained messages.</summary>
internal sealed partial class Sweeper(
    ConnectionSet connections, SessionRegistry sessions, WillKeeper wills, Router router, SystemTopics system, Clock clock, ILogger<Sweeper> logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Connections are many and their limits are seconds.</summary>
    private static readonly TimeSpan ConnectionInterval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private long _connectionsDue;

    public void Start() => _running = RunAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, clock.Time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            try
            {
                await SweepAsync();
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }
        }
    }

    private async Task SweepAsync()
    {
        var now = clock.Now;
        if (now >= _connectionsDue)
        {
            _connectionsDue = now + (long)ConnectionInterval.TotalMilliseconds;
            foreach (var connection in connections.Open)
            {
                connection.Check(now);
            }
        }

        wills.PublishDue();
        router.ExpireRetained();
        system.SayDue();
        await sessions.ExpireAsync(_stop.Token);
    }

    [LoggerMessage(1003, LogLevel.Error, "looking at what is due failed; it is tried again")]
    private partial void LogFailed(Exception exception);
}
