using IotMqtt.Models.Behaviour;

namespace IotMqtt.Devices.Fleet;

/// <content>When it is away: a fault holds it, or somebody else has it; and when it comes back.</content>
internal sealed partial class HostedDevice
{
    private static readonly TimeSpan LongestReturn = TimeSpan.FromMilliseconds(500);

    private TimeSpan _backAt = TimeSpan.MaxValue;
    private TimeSpan _backSince = TimeSpan.MinValue / 2;
    private int _takenOver;

    /// <summary>Another client has taken it over: it stays away for a while, each time longer, and then looks whether that one is gone.</summary>
    public void TakenOver(string? clientId, TimeSpan now)
    {
        if (IsStopped || _link.IsTaken)
        {
            return;
        }

        // A while without a rival, and the next one is the first again.
        var options = _fleet.Options.TakenOver;
        _takenOver = now - _backSince > options.Max ? 0 : _takenOver;
        var wait = options.Delay(_takenOver++, chance: 1);
        if (clientId is not null)
        {
            _fleet.Logger.TakenOver(Id.ToString(), clientId, wait.TotalSeconds);
        }

        _link.Yield();
        _backAt = now + wait;
        Loop.Schedule(this, NextDue());
    }

    /// <summary>The worker that had it is gone.</summary>
    public void RivalLeft(TimeSpan now)
    {
        if (!IsStopped && _link.IsTaken)
        {
            // Of several that wait one is the first; a moment that differs from one to the other keeps them apart.
            _backAt = now + (LongestReturn * _fleet.Links.Chance($"{_fleet.Incarnation}/{Id}", _takenOver));
            Loop.Schedule(this, NextDue());
        }
    }

    /// <summary>Says once more that it is there: somebody else has spoken for it.</summary>
    public void SayOnline(TimeSpan now)
    {
        if (!IsStopped && _link.IsOnline)
        {
            _link.PublishOnline(now);
        }
    }

    void IDeviceHost.Disconnect(TimeSpan? duration)
    {
        _backAt = duration is { } time ? _fleet.Clock.Now + time : TimeSpan.MaxValue;
        _link.Sever();
    }

    void IDeviceHost.Reconnect() => Return();

    void IDeviceHost.PresenceChanged()
    {
        if (!IsStopped)
        {
            _link.PublishOnline(_fleet.Clock.Now);
        }
    }

    private void ComeBack(TimeSpan now)
    {
        if (_backAt <= now)
        {
            if (_link.IsTaken && _fleet.Rivals.IsThere(Id))
            {
                _backAt = now + _fleet.Options.TakenOver.Delay(_takenOver++, chance: 1);
            }
            else
            {
                Return();
            }
        }
    }

    private void Return()
    {
        _backAt = TimeSpan.MaxValue;
        _backSince = _fleet.Clock.Now;
        _link.Restore();
    }
}
