namespace IotMqtt.Protocol.Commands;

/// <summary>Which acknowledgements a requester wants before the terminal one.</summary>
[Flags]
internal enum AcknowledgementPhases
{
    /// <summary>The terminal one only: what a plain request/response client expects.</summary>
    None = 0,

    /// <summary>When the command is taken.</summary>
    Accepted = 1,

    /// <summary>When it starts, and its progress.</summary>
    Running = 2,
}
