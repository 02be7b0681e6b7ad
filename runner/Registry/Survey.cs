using IotMqtt.Models.Devices;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Running;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Registry;

/// <summary>
/// Finds out which devices are on a broker, from what it retains: status, meta, models. MQTT does not say when the last retained
/// message has come; a message to oneself behind the subscriptions and some quiet after it do.
/// </summary>
/// <param name="plane">Where.</param>
/// <param name="logger">The log.</param>
/// <param name="only">The device that is looked for; null: all.</param>
internal sealed partial class Survey(ControlPlane plane, ILogger logger, DeviceId? only = null) : IPlaneListener
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<DeviceId, DeviceStatus> _statuses = [];
    private readonly Dictionary<DeviceId, DeviceMeta> _metas = [];
    private readonly Dictionary<ModelHash, DeviceModel> _models = [];
    private long _last;

    /// <summary>Looks around, until nothing new comes.</summary>
    public async Task<IReadOnlyList<Find>> LookAsync(CancellationToken cancellationToken)
    {
        string[] filters = only is { } device
            ? [plane.Topics.Status(device), plane.Topics.Meta(device), plane.Topics.AllModelsFilter]
            : [plane.Topics.AllStatusFilter, plane.Topics.AllMetaFilter, plane.Topics.AllModelsFilter];
        plane.Add(this);
        try
        {
            foreach (var result in await Task.WhenAll(filters.Select(filter => plane.Watching.SubscribeAsync(new Subscription(filter), cancellationToken))))
            {
                if (!result.IsGranted)
                {
                    throw new OrchestratorException(OrchestratorErrorKind.BrokerUnreachable, result.Failure ?? "the broker refused a subscription");
                }
            }

            await UntilQuietAsync(cancellationToken);
            return Finds();
        }
        finally
        {
            plane.Remove(this);
            await Task.WhenAll(filters.Select(filter => plane.Watching.UnsubscribeAsync(filter, CancellationToken.None)));
        }
    }

    public bool OnAcknowledgement(in ReceivedAcknowledgement received) => false;

    public void OnLink(int link, LinkStatus status)
    {
    }

    public void OnMessage(IncomingMessage message, in TopicAddress? address)
    {
        if (address is not { } known || message.Payload.IsEmpty)
        {
            return;
        }

        Volatile.Write(ref _last, plane.Time.GetTimestamp());
        string? reason = null;
        lock (_gate)
        {
            switch (known.Kind)
            {
                case TopicKind.Status when MessageJson.TryParse(message.Payload.Span, out DeviceStatus? status, out reason):
                    _statuses[known.Device] = status;
                    break;
                case TopicKind.Meta when MessageJson.TryParse(message.Payload.Span, out DeviceMeta? meta, out reason):
                    _metas[known.Device] = meta;
                    break;
                case TopicKind.Model when ModelJson.TryRead(message.Payload.Span, out var model, out reason):
                    _models[known.Model] = model!;
                    break;
                default:
                    break;
            }
        }

        if (reason is not null)
        {
            Log.Malformed(logger, message.Topic, reason);
        }
    }

    private async Task UntilQuietAsync(CancellationToken cancellationToken)
    {
        var began = plane.Time.GetTimestamp();
        await plane.EchoAsync(cancellationToken);
        Volatile.Write(ref _last, plane.Time.GetTimestamp());
        while (plane.Time.GetElapsedTime(Volatile.Read(ref _last)) is var quiet && quiet < Quiet && plane.Time.GetElapsedTime(began) < LongestWait)
        {
            await Task.Delay(Quiet - quiet, plane.Time, cancellationToken);
        }
    }

    private List<Find> Finds()
    {
        lock (_gate)
        {
            return [.. _statuses.Keys.Union(_metas.Keys).Select(id =>
            {
                var meta = _metas.GetValueOrDefault(id);
                return new Find(id, _statuses.GetValueOrDefault(id), meta, meta is null ? null : _models.GetValueOrDefault(meta.Hash));
            }).OrderBy(find => find.Id.ToString(), StringComparer.Ordinal)];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3032, LogLevel.Warning, "What is retained on {Topic} is malformed and ignored: {Reason}")]
        public static partial void Malformed(ILogger logger, string topic, string reason);
    }
}
