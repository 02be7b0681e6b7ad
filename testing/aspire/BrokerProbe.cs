using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Aspire;

/// <summary>Looks at a broker once: whether it lets us in, and which devices are online there.</summary>
internal sealed class BrokerProbe : ILinkHandler
{
    private readonly Topics _topics = new(RootTopic.Default);
    private readonly HashSet<string> _awaited;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrokerProbe(IEnumerable<string> awaited) => _awaited = new(awaited, StringComparer.Ordinal);

    /// <summary>Looks.</summary>
    /// <param name="broker">The broker, such as <c>mqtt://127.0.0.1:1883</c>.</param>
    /// <param name="devices">The devices that shall be online.</param>
    /// <param name="within">How long those may take to say so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Those that are not.</returns>
    /// <exception cref="MqttLinkException">The broker cannot be reached, or refuses.</exception>
    public static async Task<IReadOnlyCollection<string>> LookAsync(string broker, IReadOnlyCollection<string> devices, TimeSpan within, CancellationToken cancellationToken)
    {
        var probe = new BrokerProbe(devices);
        Subscription[] statuses = devices.Count == 0 ? [] : [new Subscription(probe._topics.AllStatusFilter)];
        var options = new MqttLinkOptions { Url = BrokerUrl.Parse(broker), ClientId = $"aspire-{Guid.NewGuid():n}" };
        await using var link = new MqttLink(options, probe, new LinkEnvironment(TimeProvider.System), statuses);
        await link.ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (devices.Count > 0)
        {
            await probe._all.Task.WaitAsync(within, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (probe._gate)
        {
            return [.. probe._awaited];
        }
    }

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message)
    {
        if (!_topics.TryParse(message.Topic, out var address) || address.Kind != TopicKind.Status
            || !MessageJson.TryParse(message.Payload.Span, out DeviceStatus? status, out _))
        {
            return;
        }

        lock (_gate)
        {
            _ = status.State == Presence.Online ? _awaited.Remove(address.Device.ToString()) : _awaited.Add(address.Device.ToString());
            if (_awaited.Count == 0)
            {
                _all.TrySetResult();
            }
        }
    }

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
    }
}
