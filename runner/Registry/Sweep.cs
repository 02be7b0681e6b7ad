using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Running;

namespace IotMqtt.Runner.Registry;

/// <summary>
/// Clears what workers that died have left on a broker: what is retained of devices and workers that are not there any more, and models that no
/// device has. Whoever answers is left alone, whatever is retained of it. DESIGN section 5.
/// </summary>
/// <param name="plane">Where.</param>
/// <param name="patience">How long a device that says that it is there may take to answer.</param>
internal sealed class Sweep(ControlPlane plane, TimeSpan patience) : IPlaneListener
{
    private readonly Lock _gate = new();
    private readonly CorrelationData _question = CorrelationData.From(new CommandId(BitConverter.ToUInt128(Guid.NewGuid().ToByteArray())));
    private readonly Dictionary<DeviceId, HashSet<string>> _ofDevices = [];
    private readonly Dictionary<Incarnation, string> _ofWorkers = [];
    private readonly Dictionary<ModelHash, string> _models = [];
    private readonly Dictionary<DeviceId, ModelHash> _modelOf = [];
    private readonly HashSet<DeviceId> _answered = [];
    private readonly Dictionary<DeviceId, Incarnation> _lifeOf = [];
    private readonly HashSet<Incarnation> _lives = [];

    /// <summary>Looks at what is retained, asks who is there, and clears the rest.</summary>
    /// <param name="clears">False: nothing is cleared, and only said.</param>
    /// <param name="cancellationToken">Gives up; what is cleared stays cleared.</param>
    /// <returns>The topics that were cleared, sorted.</returns>
    /// <exception cref="OrchestratorException">The broker does not let us look.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(bool clears, CancellationToken cancellationToken)
    {
        var topics = plane.Topics;
        string[] filters = [topics.AllStatusFilter, topics.AllMetaFilter, topics.AllStateFilter, topics.AllModelsFilter, topics.AllWorkersFilter];
        plane.Add(this);
        try
        {
            foreach (var filter in filters)
            {
                var result = await plane.Watching.SubscribeAsync(new Subscription(filter), cancellationToken);
                if (!result.IsGranted)
                {
                    throw new OrchestratorException(OrchestratorErrorKind.BrokerUnreachable, result.Failure ?? "the broker refused a subscription");
                }
            }

            await plane.EchoAsync(cancellationToken);
            await AskAsync(cancellationToken);
            var left = Left();
            foreach (var topic in clears ? left : [])
            {
                await plane.Watching.PublishAsync(new OutgoingMessage { Topic = topic, Retain = true }, cancellationToken);
            }

            return left;
        }
        finally
        {
            plane.Remove(this);
            await Task.WhenAll(filters.Select(filter => plane.Watching.UnsubscribeAsync(filter, CancellationToken.None)));
        }
    }

    /// <inheritdoc/>
    public bool OnAcknowledgement(in ReceivedAcknowledgement received)
    {
        if (received.Correlation != _question)
        {
            return false;
        }

        lock (_gate)
        {
            _answered.Add(received.Device);
        }

        return true;
    }

    /// <inheritdoc/>
    public void OnMessage(IncomingMessage message, in TopicAddress? address)
    {
        if (address is not { } known || message.Payload.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            switch (known.Kind)
            {
                case TopicKind.WorkerStatus:
                    _ofWorkers[known.Worker] = message.Topic;
                    break;
                case TopicKind.Model:
                    _models[known.Model] = message.Topic;
                    break;
                case TopicKind.Status or TopicKind.Meta or TopicKind.State:
                    Take(known, message);
                    break;
                default:
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void OnLink(int link, LinkStatus status)
    {
    }

    private void Take(in TopicAddress address, IncomingMessage message)
    {
        if (!_ofDevices.TryGetValue(address.Device, out var topics))
        {
            _ofDevices.Add(address.Device, topics = new HashSet<string>(StringComparer.Ordinal));
        }

        topics.Add(message.Topic);
        if (address.Kind == TopicKind.Meta && MessageJson.TryParse(message.Payload.Span, out DeviceMeta? meta, out _))
        {
            _modelOf[address.Device] = meta.Hash;
        }
        else if (address.Kind == TopicKind.Status && MessageJson.TryParse(message.Payload.Span, out DeviceStatus? status, out _) && status.Incarnation is { } life)
        {
            _lifeOf[address.Device] = life;
        }
    }

    // All are asked, also those that are offline by their status: a late will may have said so of a device that is there.
    private async Task AskAsync(CancellationToken cancellationToken)
    {
        DeviceId[] devices;
        lock (_gate)
        {
            devices = [.. _ofDevices.Keys];
        }

        foreach (var device in devices)
        {
            plane.Watching.Post(new OutgoingMessage
            {
                // What names no run registers for none, and is answered all the same.
                Topic = plane.Topics.Control(device, ControlVerb.Register),
                Payload = "{}"u8.ToArray(),
                ResponseTopic = plane.ReplyTopic(0, device),
                CorrelationData = _question.Bytes,
            });
        }

        using var timer = new PeriodicTimer(patience / 20, plane.Time);
        for (var began = plane.Time.GetTimestamp(); plane.Time.GetElapsedTime(began) < patience && Unanswered(devices.Length);)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    private bool Unanswered(int all)
    {
        lock (_gate)
        {
            return _answered.Count < all;
        }
    }

    private List<string> Left()
    {
        lock (_gate)
        {
            var alive = _ofDevices.Keys.Where(_answered.Contains).ToArray();
            foreach (var device in alive)
            {
                if (_lifeOf.TryGetValue(device, out var life))
                {
                    _lives.Add(life);
                }
            }

            var models = alive.Select(device => _modelOf.GetValueOrDefault(device)).ToHashSet();
            return
            [
                .. _ofDevices.Where(device => !_answered.Contains(device.Key)).SelectMany(device => device.Value)
                    .Concat(_models.Where(model => !models.Contains(model.Key)).Select(model => model.Value))
                    .Concat(_ofWorkers.Where(worker => !_lives.Contains(worker.Key)).Select(worker => worker.Value))
                    .Order(StringComparer.Ordinal),
            ];
        }
    }
}
