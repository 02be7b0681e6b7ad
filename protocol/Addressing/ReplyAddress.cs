namespace IotMqtt.Protocol.Addressing;

/// <summary>Where an answer goes and what it carries back.</summary>
/// <param name="Topic">The Response Topic of the request, checked by <see cref="Topics.IsResponseTopic"/>.</param>
/// <param name="Correlation">The Correlation Data of the request.</param>
internal readonly record struct ReplyAddress(string Topic, CorrelationData Correlation);
