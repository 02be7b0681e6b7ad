namespace IotMqtt.Broker.Listening;

/// <summary>Whether the broker takes connections.</summary>
internal sealed class Health
{
    private volatile bool _isReady;

    public bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }
}
