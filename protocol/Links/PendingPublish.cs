namespace IotMqtt.Protocol.Links;

/// <summary>A publish on its way, and who follows it.</summary>
internal readonly record struct PendingPublish(OutgoingMessage Message, IPublishObserver? Observer, long Token);
