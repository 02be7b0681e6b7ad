namespace IotMqtt.Protocol.Links;

internal sealed partial class MqttLink
{
    /// <summary>A connection has ended by itself.</summary>
    internal void Lost(Connection connection, LinkFailure failure)
    {
        bool isRetired;
        lock (_gate)
        {
            if (_connection != connection || !_isUp)
            {
                // It is not up yet, or no longer the link's: who connects or closes deals with it.
                return;
            }

            _connection = null;
            _isUp = false;
            _broker++;
            isRetired = _isRetired;
            if (Environment.Time.GetElapsedTime(_connectedAt) > Options.BackOff.Max)
            {
                _attempts = 0;
            }
        }

        Environment.Metrics.OnDisconnected(failure.Kind);
        if (isRetired)
        {
            Become(new LinkStatus(LinkState.Closed, failure));
            return;
        }

        if (!failure.IsTransient)
        {
            GiveUp(failure);
            return;
        }

        Environment.Logger.Lost(Options.ClientId, failure.Message);
        Become(new LinkStatus(LinkState.Reconnecting, failure));
        _ = ReconnectAsync(_attempts);
    }

    private async Task ReconnectAsync(int at)
    {
        try
        {
            for (_attempts = at; ; _attempts++)
            {
                var isFirstOfStart = _attempts == 0 && _connectedAt == 0;
                if (!isFirstOfStart)
                {
                    var delay = Options.BackOff.Delay(_attempts, Environment.Chance(Options.ClientId, _attempts));
                    await Task.Delay(delay, Environment.Time, _life.Token).ConfigureAwait(false);
                }

                var failure = await TryConnectAsync(_life.Token).ConfigureAwait(false);
                if (failure is null)
                {
                    // Counted on if this one does not last.
                    _attempts++;
                    return;
                }

                Environment.Metrics.OnDisconnected(failure.Kind);
                Environment.Logger.AttemptFailed(Options.ClientId, _attempts + 1, failure.Message);
                if (!failure.IsTransient && !IsOnTheWay(failure))
                {
                    GiveUp(failure);
                    return;
                }

                Become(new LinkStatus(LinkState.Reconnecting, failure));
            }
        }
        catch (OperationCanceledException)
        {
            // Closed meanwhile.
        }
        catch (Exception exception)
        {
            // A fault of ours. It must not leave a link that waits for ever for nothing.
            GiveUp(new LinkFailure(LinkFailureKind.Refused, $"Connecting to {Url} failed: {exception.Message}"));
        }
    }

    // A broker that has spoken MQTT 5 will again: what answers meanwhile is a proxy that has nobody to ask.
    private bool IsOnTheWay(LinkFailure failure) => failure.Kind == LinkFailureKind.ProtocolError && _connectedAt != 0;

    private async Task<LinkFailure?> TryConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new Connection(this, Url);
        var isUp = false;
        try
        {
            var failure = await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                // Before subscribing: what the first message asks for can be answered at once.
                Take(connection);
                failure = await ResubscribeAsync(connection, cancellationToken).ConfigureAwait(false) ?? Adopt(connection);
            }

            isUp = failure is null;
            if (failure is not null)
            {
                return failure;
            }
        }
        finally
        {
            if (!isUp)
            {
                Interlocked.Increment(ref _broker);
                Drop(connection);
            }
        }

        Environment.Metrics.OnConnected();
        Environment.Logger.Connected(Options.ClientId, connection.Url);
        Become(new LinkStatus(LinkState.Connected));
        return null;
    }

    private void Take(Connection connection)
    {
        lock (_gate)
        {
            _life.Token.ThrowIfCancellationRequested();
            _connection = connection;
        }
    }

    private void Drop(Connection connection)
    {
        lock (_gate)
        {
            if (_connection == connection)
            {
                _connection = null;
            }
        }

        connection.Dispose();
    }

    private LinkFailure? Adopt(Connection connection)
    {
        lock (_gate)
        {
            _life.Token.ThrowIfCancellationRequested();
            if (connection.HasEnded)
            {
                return new LinkFailure(LinkFailureKind.ConnectionLost, $"The connection to {connection.Url} broke at once.");
            }

            _isUp = true;
            _connectedAt = Environment.Time.GetTimestamp();
            return null;
        }
    }

    private async Task<LinkFailure?> ResubscribeAsync(Connection connection, CancellationToken cancellationToken)
    {
        Subscription[] subscriptions;
        lock (_gate)
        {
            subscriptions = [.. _subscriptions.Values];
        }

        if (subscriptions.Length == 0)
        {
            return null;
        }

        var results = await connection.SubscribeAsync(subscriptions, cancellationToken).ConfigureAwait(false);
        foreach (var result in results)
        {
            if (!result.IsGranted)
            {
                var kind = result.ReasonCode switch
                {
                    0 => LinkFailureKind.ConnectionLost,
                    Connection.TopicFilterInvalid => LinkFailureKind.InvalidOptions,
                    _ => LinkFailureKind.NotAuthorized,
                };
                return new LinkFailure(kind, $"{result.Failure} (broker {connection.Url})", result.ReasonCode == 0 ? null : result.ReasonCode);
            }
        }

        return null;
    }

    private void GiveUp(LinkFailure failure)
    {
        Environment.Logger.GivenUp(Options.ClientId, failure.Message);
        Become(new LinkStatus(failure.Kind == LinkFailureKind.TakenOver ? LinkState.TakenOver : LinkState.Failed, failure));
    }
}
