using MQTTnet.Packets;

namespace IotMqtt.Protocol.Links;

internal sealed partial class Connection
{
    // As shares of the keep-alive. Together well below one and a half: that late at the latest, a connection that carries
    // nothing any more is noticed, in one direction or in both and whatever else is said on it.
    private const double AskAfter = 0.7;
    private const double AnswerWithin = 0.5;
    private const double LookEvery = 0.25;

    /// <summary>What CONNECT tells the broker.</summary>
    public ushort KeepAliveSeconds => (ushort)Math.Clamp(_link.Options.KeepAlive.TotalSeconds, 1, ushort.MaxValue);

    /// <summary>
    /// Asks the broker whether it is there, if nothing that we sent has been answered for long; ends the connection if it does not
    /// answer. What we send proves nothing (it may go nowhere), nor does what we are sent (the other direction may be dead): only an
    /// answer proves both. Returns after how long to look again; null if the connection has ended.
    /// </summary>
    public TimeSpan? Check()
    {
        if (HasEnded || _adapter is not { } adapter)
        {
            return null;
        }

        var left = _pingedAt > adapter.LastAnswered
            ? (_keepAlive * AnswerWithin) - Since(_pingedAt)
            : (_keepAlive * AskAfter) - Max(Since(adapter.LastAnswered), Since(adapter.LastSent));
        if (left <= TimeSpan.Zero)
        {
            if (_pingedAt > adapter.LastAnswered)
            {
                return GiveUp("it no longer answers");
            }

            _pingedAt = _link.Environment.Time.GetTimestamp();
            _ = PingAsync(adapter);
            left = _keepAlive * AnswerWithin;
        }

        if (_window.Stalled > _keepAlive)
        {
            return GiveUp("it does not acknowledge what is published");
        }

        var often = _keepAlive * LookEvery;
        return left < often ? left : often;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private TimeSpan Since(long timestamp) => _link.Environment.Time.GetElapsedTime(timestamp);

    private void KeepAlive()
    {
        var seconds = _adapter!.ServerKeepAlive > 0 ? _adapter.ServerKeepAlive : KeepAliveSeconds;
        _keepAlive = TimeSpan.FromSeconds(seconds);
        _link.Environment.KeepAlive.Add(this, _keepAlive * LookEvery);
    }

    private TimeSpan? GiveUp(string why)
    {
        var failure = new LinkFailure(LinkFailureKind.ConnectionLost, $"The broker at {Url} is given up: {why}.");
        Dispose();
        _link.Lost(this, failure);
        return null;
    }

    private async Task PingAsync(LinkAdapter adapter)
    {
        try
        {
            await adapter.SendPacketAsync(MqttPingReqPacket.Instance, _alive.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The receive loop sees the break, too; if not, the answer that does not come tells.
            _link.OnAcknowledgingFailed(exception);
        }
    }
}
