namespace IotMqtt.Protocol.Commands;

/// <summary>How a request ended.</summary>
internal enum ReplyOutcome
{
    /// <summary>A terminal acknowledgement came, whatever it says.</summary>
    Answered,

    /// <summary>No answer in time: what became of the request is unknown.</summary>
    TimedOut,

    /// <summary>The broker said that nobody is subscribed: the device is not there, and the request was not carried out.</summary>
    Unreachable,

    /// <summary>The broker refused the message.</summary>
    Refused,

    /// <summary>The message did not leave: there is no connection.</summary>
    NotSent,
}
