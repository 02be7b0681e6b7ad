namespace IotMqtt.Protocol.Links;

internal sealed partial class MqttLink
{
    /// <summary>
    /// Publishes and awaits the broker's answer. Failing is a value, see <see cref="PublishOutcome"/>.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the waiting. A message that still waits for the window is withdrawn; of one that has left nothing is known.</param>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    public Task<PublishResult> PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        var awaited = new AwaitedPublish(cancellationToken);
        Post(message, awaited, token: 0);
        return awaited.Task;
    }

    /// <summary>Publishes without waiting for anything: what becomes of it is counted, and logged if it went wrong.</summary>
    public void Post(OutgoingMessage message) => Post(new PendingPublish(message, null, 0));

    /// <summary>Publishes without waiting; the observer is told when it goes out and how it was answered.</summary>
    /// <param name="message">The message.</param>
    /// <param name="observer">Who is told.</param>
    /// <param name="token">What it is told, to know the publish by.</param>
    public void Post(OutgoingMessage message, IPublishObserver observer, long token)
    {
        ArgumentNullException.ThrowIfNull(observer);
        Post(new PendingPublish(message, observer, token));
    }

    /// <summary>
    /// Subscribes, now and after every reconnect. A refusal is a value; so is a link that is not connected now.
    /// </summary>
    public async Task<SubscribeResult> SubscribeAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        var connection = Current();
        if (connection is null)
        {
            return new SubscribeResult(false, 0, $"No subscription to '{subscription.Filter}': not connected.");
        }

        var results = await connection.SubscribeAsync([subscription], cancellationToken).ConfigureAwait(false);
        if (results[0].IsGranted)
        {
            lock (_gate)
            {
                _subscriptions[subscription.Filter] = subscription;
            }
        }

        return results[0];
    }

    /// <summary>Ends a subscription.</summary>
    public async Task UnsubscribeAsync(string filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        lock (_gate)
        {
            _subscriptions.Remove(filter);
        }

        if (Current() is { } connection)
        {
            await connection.UnsubscribeAsync(filter, cancellationToken).ConfigureAwait(false);
        }
    }

    internal bool Granted(IPublishObserver observer, long token)
    {
        try
        {
            return observer.OnGranted(token, Environment.Time.GetTimestamp());
        }
        catch (Exception exception)
        {
            Environment.Logger.HandlerThrew(Options.ClientId, "a publish that goes out", exception);
            return true;
        }
    }

    internal void Completed(in PendingPublish publish, PublishResult result)
    {
        Environment.Metrics.OnPublished(result.Outcome);
        if (publish.Observer is { } observer)
        {
            try
            {
                observer.OnCompleted(publish.Token, result);
            }
            catch (Exception exception)
            {
                Environment.Logger.HandlerThrew(Options.ClientId, "a publish that is answered", exception);
            }
        }
        else if (result.Outcome == PublishOutcome.Refused)
        {
            Environment.Logger.PostRefused(Options.ClientId, publish.Message.Topic, result.ReasonCode);
        }
        else if (!result.IsTaken)
        {
            Environment.Logger.PostFailed(Options.ClientId, publish.Message.Topic, result.Outcome);
        }
    }

    internal void OnPublishFailed(string topic, Exception exception) =>
        Environment.Logger.PublishFailed(Options.ClientId, topic, exception);

    internal void OnAcknowledgingFailed(Exception exception) => Environment.Logger.AnswerFailed(Options.ClientId, exception);

    internal void Received(IncomingMessage message)
    {
        Environment.Metrics.OnReceived();
        try
        {
            _handler.OnMessage(this, message);
        }
        catch (Exception exception)
        {
            Environment.Logger.HandlerThrew(Options.ClientId, "a message", exception);
        }
    }

    private void Post(in PendingPublish publish)
    {
        ArgumentNullException.ThrowIfNull(publish.Message);
        if (Current() is { } connection)
        {
            connection.Post(publish);
        }
        else
        {
            Completed(publish, new PublishResult(PublishOutcome.NotSent));
        }
    }

    // Reading a reference is atomic; a publish through a connection that ends now is answered as not sent or lost.
    private Connection? Current() => Volatile.Read(ref _connection);
}
