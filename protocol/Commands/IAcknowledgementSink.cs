namespace IotMqtt.Protocol.Commands;

/// <summary>Who gets the acknowledgements of a requester, in the order of arrival a link. Runs on the receive path: note, enqueue, return.</summary>
internal interface IAcknowledgementSink
{
    /// <summary>A well-formed acknowledgement came.</summary>
    void OnAcknowledgement(in ReceivedAcknowledgement received);
}
