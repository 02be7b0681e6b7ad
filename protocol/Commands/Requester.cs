using System.Collections.Concurrent;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;

namespace IotMqtt.Protocol.Commands;

/// <summary>
/// Requests one at a time and awaited, over any link that delivers its <see cref="AcknowledgementReceiver.Subscription"/> to
/// <see cref="TryReceive"/>. An answer is awaited from before its request is published, and every wait is bounded.
/// Acknowledgements that answer no request of its own go on to the next sink: the commands of a run.
/// </summary>
internal sealed class Requester : IAcknowledgementSink
{
    private readonly ConcurrentDictionary<CorrelationData, PendingRequest> _pending = new();
    private readonly AcknowledgementReceiver _receiver;
    private readonly LinkEnvironment _environment;
    private readonly IAcknowledgementSink? _next;
    private readonly ulong _life;
    private long _count;

    /// <summary>Makes a requester.</summary>
    /// <param name="topics">The topics it lives under.</param>
    /// <param name="client">Who asks.</param>
    /// <param name="environment">What it shares with its links.</param>
    /// <param name="next">Who gets the acknowledgements that answer no request of its own; null drops them.</param>
    public Requester(Topics topics, ClientId client, LinkEnvironment environment, IAcknowledgementSink? next = null)
    {
        ArgumentNullException.ThrowIfNull(topics);
        ArgumentNullException.ThrowIfNull(environment);
        _environment = environment;
        _next = next;
        _receiver = new AcknowledgementReceiver(topics, client, this, environment);

        // An answer to an earlier life of the same client must not be taken for one to this.
        _life = (ulong)environment.Time.GetUtcNow().Ticks;
    }

    /// <summary>What a link must subscribe to.</summary>
    public Subscription Subscription => _receiver.Subscription;

    /// <summary>Takes a message from a link's handler; false if it is no acknowledgement to this requester.</summary>
    public bool TryReceive(IncomingMessage message) => _receiver.TryReceive(message);

    /// <summary>The address of answers from a device, with Correlation Data of one's own.</summary>
    public ReplyAddress ReplyAddressFor(DeviceId device, CorrelationData correlation) =>
        new(_receiver.Topics.Ack(_receiver.Client, device), correlation);

    /// <summary>Sends a command and awaits its terminal acknowledgement.</summary>
    /// <param name="link">Over which link.</param>
    /// <param name="command">The command. Response Topic and, unless it has any, Correlation Data are filled in.</param>
    /// <param name="timeout">How long to wait, from the moment when the publish goes out; its budget if it has none.</param>
    /// <param name="phases">Who is told of the phases before, if <see cref="CommandMessage.Acks"/> asks for them.</param>
    /// <param name="cancellationToken">Ends the waiting, not the command.</param>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    public Task<Reply> SendAsync(
        MqttLink link, CommandMessage command, TimeSpan timeout, IProgress<Acknowledgement>? phases, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var replyTo = ReplyAddressFor(command.Device, command.Correlation.IsEmpty ? NewCorrelation() : command.Correlation);
        var addressed = command with
        {
            ResponseTopic = replyTo.Topic,
            Correlation = replyTo.Correlation,
            Budget = command.Budget ?? timeout,
        };
        return RequestAsync(link, command.Device, replyTo, CommandEncoder.Encode(_receiver.Topics, addressed), timeout, phases, cancellationToken);
    }

    /// <summary>Registers a device for a run; <see cref="RegisterReply.TryFrom"/> reads the answer.</summary>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    public Task<Reply> RegisterAsync(
        MqttLink link, DeviceId device, RegisterRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var replyTo = ReplyAddressFor(device, NewCorrelation());
        var message = ControlEncoder.Encode(_receiver.Topics, device, request, replyTo, timeout);
        return RequestAsync(link, device, replyTo, message, timeout, null, cancellationToken);
    }

    /// <summary>Asks what became of a command.</summary>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    public Task<Reply> QueryAsync(MqttLink link, DeviceId device, QueryRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var replyTo = ReplyAddressFor(device, NewCorrelation());
        var message = ControlEncoder.Encode(_receiver.Topics, device, request, replyTo, timeout);
        return RequestAsync(link, device, replyTo, message, timeout, null, cancellationToken);
    }

    /// <summary>Cancels a command.</summary>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    public Task<Reply> CancelAsync(MqttLink link, DeviceId device, CancelRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var replyTo = ReplyAddressFor(device, NewCorrelation());
        var message = ControlEncoder.Encode(_receiver.Topics, device, request, replyTo, timeout);
        return RequestAsync(link, device, replyTo, message, timeout, null, cancellationToken);
    }

    /// <summary>Sets or ends a fault of a device.</summary>
    /// <exception cref="OperationCanceledException">The waiting was cancelled.</exception>
    public Task<Reply> SetFaultAsync(MqttLink link, DeviceId device, FaultRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var replyTo = ReplyAddressFor(device, NewCorrelation());
        var message = ControlEncoder.Encode(_receiver.Topics, device, request, replyTo, timeout);
        return RequestAsync(link, device, replyTo, message, timeout, null, cancellationToken);
    }

    void IAcknowledgementSink.OnAcknowledgement(in ReceivedAcknowledgement received)
    {
        if (_pending.TryGetValue(received.Correlation, out var request) && request.Device == received.Device)
        {
            request.OnAcknowledgement(received.Acknowledgement);
        }
        else if (_next is not null)
        {
            _next.OnAcknowledgement(received);
        }
        else
        {
            _environment.Metrics.OnIgnored();
            _environment.Logger.ForeignAcknowledgement(received.Device);
        }
    }

    private async Task<Reply> RequestAsync(
        MqttLink link,
        DeviceId device,
        ReplyAddress replyTo,
        OutgoingMessage message,
        TimeSpan timeout,
        IProgress<Acknowledgement>? phases,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        cancellationToken.ThrowIfCancellationRequested();
        using var request = new PendingRequest(device, timeout, phases, _environment.Time);
        if (!_pending.TryAdd(replyTo.Correlation, request))
        {
            throw new InvalidOperationException($"A request with the correlation data {replyTo.Correlation} is open already.");
        }

        try
        {
            link.Post(message, request, token: 0);
            return await request.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _pending.TryRemove(replyTo.Correlation, out _);
        }
    }

    private CorrelationData NewCorrelation() =>
        CorrelationData.From(new CommandId(new UInt128(_life, (ulong)Interlocked.Increment(ref _count))));
}
