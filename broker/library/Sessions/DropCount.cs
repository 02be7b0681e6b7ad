namespace IotMqtt.Broker.Sessions;

/// <summary>The messages that were dropped for one session. Owned by <see cref="Drops"/>.</summary>
internal sealed class DropCount
{
    public long Total { get; set; }

    public long Unsaid { get; set; }

    public long SaidAt { get; set; } = long.MinValue;

    public string? LastTopic { get; set; }
}
