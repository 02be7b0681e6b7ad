using MQTTnet.Packets;

namespace IotMqtt.Protocol.Links;

internal sealed partial class Connection
{
    // Asked well before the broker's patience ends, and looked at several times meanwhile.
    private const double AskAfter = 0.7;
    private const double AnswerWithin = 0.5;
    private const double LookEvery = 0.25;

    /// <summary>What CONNECT tells the broker.</summary>
    public ushort KeepAliveSeconds => (ushort)Math.Clamp(_link.Options.KeepAlive.TotalSeconds, 1, ushort.MaxValue);

    /// <summary>
    /// Asks the broker whether it is there, if nothing was sent for long; ends the connection if it does not answer. Returns
    /// in how many seconds to look again, and 0 if the connection has ended.
    /// </summary>
    public int Check()
    {
        if (HasEnded || _adapter is not { } adapter)
        {
            return 0;
        }

        var time = _link.Environment.Time;
        if (_pingedAt != 0 && adapter.LastReceived < _pingedAt)
        {
            if (time.GetElapsedTime(_pingedAt) >= _keepAlive * AnswerWithin)
            {
                return GiveUp("it no longer answers");
            }
        }
        else if (time.GetElapsedTime(adapter.LastSent) >= _keepAlive * AskAfter)
        {
            _pingedAt = time.GetTimestamp();
            _ = PingAsync(adapter);
        }

        if (_window.Stalled > _keepAlive)
        {
            return GiveUp("it does not acknowledge what is published");
        }

        return Math.Max(1, (int)(_keepAlive.TotalSeconds * LookEvery));
    }

    private void KeepAlive()
    {
        var seconds = _adapter!.ServerKeepAlive > 0 ? _adapter.ServerKeepAlive : KeepAliveSeconds;
        _keepAlive = TimeSpan.FromSeconds(seconds);
        _link.Environment.KeepAlive.Add(this, (int)(seconds * LookEvery));
    }

    private int GiveUp(string why)
    {
        var failure = new LinkFailure(LinkFailureKind.ConnectionLost, $"The broker at {_link.Options.Url} is given up: {why}.");
        Dispose();
        _link.Lost(this, failure);
        return 0;
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
