namespace IotMqtt.Protocol.Links;

/// <summary>
/// Follows publishes without a task each: one observer serves many, told apart by a token of its own. Both methods run on
/// the send or receive path and hold it up: note, enqueue, return. They must not throw.
/// </summary>
internal interface IPublishObserver
{
    /// <summary>
    /// The publish is granted its slot in the send window and goes out now: the moment from which a deadline counts.
    /// Returns false to withdraw it; it then never leaves and completes as <see cref="PublishOutcome.NotSent"/>.
    /// </summary>
    /// <param name="token">As given to <see cref="MqttLink.Post(OutgoingMessage, IPublishObserver, long)"/>.</param>
    /// <param name="timestamp"><see cref="TimeProvider.GetTimestamp"/> of the link's clock.</param>
    bool OnGranted(long token, long timestamp);

    /// <summary>The publish is answered. Exactly once a publish, after <see cref="OnGranted"/> if that is called at all.</summary>
    void OnCompleted(long token, PublishResult result);
}
