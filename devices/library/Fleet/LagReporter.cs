using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Devices.Fleet;

/// <summary>Says how late the worker is while it is late: on its lag topic for the runs that go on, as a metric, and in the log from time to time.</summary>
internal sealed class LagReporter : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LoggedEvery = TimeSpan.FromSeconds(10);

    private readonly FleetContext _fleet;
    private readonly ITimer _timer;
    private TimeSpan _logged = TimeSpan.MinValue / 2;

    public LagReporter(FleetContext fleet)
    {
        _fleet = fleet;
        _timer = fleet.Clock.Provider.CreateTimer(static state => ((LagReporter)state!).Look(), this, Every, Every);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var lag = _fleet.Lag.Take();
        _fleet.Metrics.OnLag(lag);
        if (lag < _fleet.Options.LagSaid)
        {
            return;
        }

        var milliseconds = (long)lag.TotalMilliseconds;
        _fleet.Worker.Post(new OutgoingMessage
        {
            Topic = _fleet.Topics.WorkerLag(_fleet.Incarnation),
            Payload = MessageJson.ToUtf8(new WorkerLag { LagMs = milliseconds }),
            QualityOfService = QualityOfService.AtMostOnce,
        });
        if (_fleet.Clock.Now - _logged > LoggedEvery)
        {
            _logged = _fleet.Clock.Now;
            _fleet.Logger.IsLate(milliseconds);
        }
    }
}
