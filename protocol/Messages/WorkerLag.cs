namespace IotMqtt.Protocol.Messages;

/// <summary>
/// How late a worker is: the payload of <c>{root}/workers/{worker}/lag</c>, said while it is late. What its devices do, they do that much later
/// than their models say.
/// </summary>
internal sealed record WorkerLag
{
    /// <summary>The longest that something was carried out after it was due, since it was last said; milliseconds.</summary>
    public required long LagMs { get; init; }
}
