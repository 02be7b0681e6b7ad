using System.Collections.Immutable;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Running;
using Microsoft.Extensions.Logging;

namespace IotMqtt.Runner.Dispatch.Links;

/// <summary>
/// The orchestrator's side of the contract: one or several connections, each with one subscription for its acknowledgements that
/// lasts as long as it does. What comes is parsed where it is received and handed to the listeners.
/// </summary>
internal sealed partial class ControlPlane : ILinkHandler, IAcknowledgementSink, IAsyncDisposable
{
    private readonly MqttLink[] _links;
    private readonly AcknowledgementReceiver[] _receivers;
    private readonly ILogger _logger;
    private ImmutableArray<IPlaneListener> _listeners = [];

    private ControlPlane(ControlPlaneOptions options, LinkEnvironment environment, ILogger logger)
    {
        _logger = logger;
        Topics = new Topics(options.Root);
        Time = environment.Time;
        var name = $"iotmqtt-{Guid.NewGuid():n}";
        _receivers = [.. Enumerable.Range(0, options.Connections)
            .Select(at => new AcknowledgementReceiver(Topics, ClientId.Parse($"{name}-{at}"), this, environment))];
        _links = [.. _receivers.Select(receiver => new MqttLink(
            new MqttLinkOptions
            {
                Url = options.Broker,
                ClientId = receiver.Client.ToString(),
                Tls = options.Tls,
                ConnectTimeout = options.ConnectTimeout,
            },
            this,
            environment,
            receiver.Subscription))];
    }

    public Topics Topics { get; }

    public TimeProvider Time { get; }

    public int Connections => _links.Length;

    /// <summary>The connection over which devices are watched and other topics are heard.</summary>
    public MqttLink Watching => _links[0];

    /// <summary>Connects.</summary>
    /// <exception cref="OrchestratorException">The broker cannot be reached or lets nobody in; or a file that the options name cannot be read.</exception>
    public static async Task<ControlPlane> ConnectAsync(
        ControlPlaneOptions options, LinkEnvironment environment, ILogger logger, CancellationToken cancellationToken)
    {
        var plane = new ControlPlane(options, environment, logger);
        try
        {
            await Task.WhenAll(plane._links.Select(link => ConnectAsync(link, options, environment.Time, cancellationToken)));
            return plane;
        }
        catch
        {
            await plane.DisposeAsync();
            throw;
        }
    }

    /// <summary>One that is connected to nobody: what is posted to it never leaves.</summary>
    public static ControlPlane Unconnected(LinkEnvironment environment) =>
        new(new ControlPlaneOptions { Broker = BrokerUrl.Parse("mqtt://localhost") }, environment, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

    public void Add(IPlaneListener listener) => ImmutableInterlocked.Update(ref _listeners, static (all, one) => all.Add(one), listener);

    public void Remove(IPlaneListener listener) => ImmutableInterlocked.Update(ref _listeners, static (all, one) => all.Remove(one), listener);

    /// <summary>Which connection serves a device: the same on every machine.</summary>
    public int IndexFor(DeviceId device) =>
        _links.Length == 1 ? 0 : (int)(Models.Chance.SeededChance.Derive(0, device.ToString()) % (ulong)_links.Length);

    public MqttLink Link(int index) => _links[index];

    /// <summary>As whom a connection asks.</summary>
    public ClientId ClientOf(int index) => _receivers[index].Client;

    /// <summary>Where a device acknowledges what is sent over a connection.</summary>
    public string ReplyTopic(int index, DeviceId device) => Topics.Ack(_receivers[index].Client, device);

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message)
    {
        if (_receivers[IndexOf(link)].TryReceive(message))
        {
            return;
        }

        TopicAddress? address = Topics.TryParse(message.Topic, out var known) ? known : null;
        foreach (var listener in _listeners)
        {
            listener.OnMessage(message, address);
        }
    }

    void IAcknowledgementSink.OnAcknowledgement(in ReceivedAcknowledgement received)
    {
        foreach (var listener in _listeners)
        {
            if (listener.OnAcknowledgement(received))
            {
                return;
            }
        }

        Log.ForeignAcknowledgement(_logger, received.Device);
    }

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
        var index = IndexOf(link);
        foreach (var listener in _listeners)
        {
            listener.OnLink(index, status);
        }
    }

    /// <summary>Ends all connections.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_links.Select(link => link.DisposeAsync().AsTask()));

    private int IndexOf(MqttLink link) => _links.Length == 1 ? 0 : Array.IndexOf(_links, link);

    private static async Task ConnectAsync(MqttLink link, ControlPlaneOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await link.ConnectAsync(cancellationToken);
                return;
            }
            catch (MqttLinkException exception) when (IsWorthAnotherTry(exception.Failure, options, time.GetElapsedTime(began)))
            {
                await Task.Delay(link.Options.BackOff.Delay(attempt, 1), time, cancellationToken);
            }
            catch (MqttLinkException exception)
            {
                var kind = exception.Kind == LinkFailureKind.InvalidOptions ? OrchestratorErrorKind.InvalidInput : OrchestratorErrorKind.BrokerUnreachable;
                throw new OrchestratorException(kind, exception.Message, exception);
            }
        }
    }

    private static bool IsWorthAnotherTry(LinkFailure failure, ControlPlaneOptions options, TimeSpan elapsed) =>
        failure.IsTransient
        && elapsed < options.ConnectPatience
        && !(failure.Kind == LinkFailureKind.Unreachable && options.Broker.Host is "localhost" or "127.0.0.1" or "::1");
}
