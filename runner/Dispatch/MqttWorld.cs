using IotMqtt.Engine.Running;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Dispatch.Calls;
using IotMqtt.Runner.Dispatch.Commands;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Expressions;
using IotMqtt.Runner.Dispatch.Faults;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Dispatch.Loop;
using IotMqtt.Runner.Dispatch.Matching;
using IotMqtt.Runner.Dispatch.Publishing;
using IotMqtt.Runner.Dispatch.Selecting;
using IotMqtt.Runner.Running;

namespace IotMqtt.Runner.Dispatch;

/// <summary>
/// Real devices over MQTT: carries out what a run wants, and makes facts of what comes. It never calls back into the run, and
/// nothing in it waits. Owned by the run loop. DESIGN section 8.
/// </summary>
internal sealed partial class MqttWorld : IWorld, IAsyncDisposable
{
    private readonly WorldSetup _setup;
    private readonly RunLoopPorts _ports;
    private readonly CommandDesk _commands;
    private readonly DeviceWatch _watch;
    private readonly RunEvaluator _evaluator;
    private readonly MatcherTable _matchers;
    private readonly Subscriber _subscriber;
    private readonly Selector _selector;
    private readonly FaultControl _faults;
    private readonly CallDesk _calls;
    private readonly Restoration _restoration;
    private readonly Alarm _alarm;

    public MqttWorld(WorldSetup setup, RunLoopPorts ports)
    {
        _setup = setup;
        _ports = ports;
        var (plane, devices, clock, logger) = (setup.Plane, setup.Devices, setup.Clock, setup.Logger);
        _commands = new CommandDesk(plane, devices, clock, ports.Sink, setup.Run, setup.Trace, logger);
        _watch = new DeviceWatch(devices, clock, ports.Sink, logger);
        _evaluator = new RunEvaluator(devices, clock, setup.Environment);
        _subscriber = new Subscriber(plane.Watching, (ticket, failure) => ports.Happened(new WorldEvent.Subscribed(ticket, failure)));
        _matchers = new MatcherTable(plane.Topics, devices, _evaluator, _subscriber, clock, ports.Sink);
        _selector = new Selector(devices, _evaluator, clock, ports.Sink);
        _faults = new FaultControl(plane, devices, clock, ports.Sink, setup.Run);
        _calls = new CallDesk(clock, ports.Sink);
        _restoration = new Restoration(plane);
        _alarm = new Alarm(clock, () => ports.Happened(AlarmRang));
    }

    /// <summary>The commands that have not ended.</summary>
    public IReadOnlyCollection<OpenCommand> OpenCommands => _commands.Open;

    private static WorldEvent.AlarmRang AlarmRang { get; } = new();

    public void Perform(ReadOnlySpan<Effect> effects, IFactSink facts)
    {
        foreach (var effect in effects)
        {
            Perform(effect);
        }
    }

    /// <summary>Looks at what came, and posts what the run has to learn of it.</summary>
    public void Handle(WorldEvent happened)
    {
        switch (happened)
        {
            case WorldEvent.Acknowledged acknowledged:
                Take(acknowledged.Received);
                break;
            case WorldEvent.Message message:
                Take(message.Content, message.Address);
                break;
            case WorldEvent.NotSent notSent:
                _commands.NotSent(notSent.Command);
                break;
            case WorldEvent.Link link:
                Take(link.Index, link.Status);
                break;
            case WorldEvent.Subscribed subscribed:
                _matchers.Subscribed(subscribed.Ticket, subscribed.Failure);
                break;
            case WorldEvent.AlarmRang when _alarm.IsDue():
                _setup.Lag.Note(_alarm.Lag);
                _ports.Sink.Post(new Fact.Ticked(_setup.Clock.Now));
                break;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _alarm.Dispose();
        _commands.End();
        await _calls.DisposeAsync();
        await _subscriber.DisposeAsync();
    }

    private void Perform(Effect effect)
    {
        switch (effect)
        {
            case Effect.Send send:
                _commands.Send(send);
                break;
            case Effect.Query query:
                _commands.Query(query.Id, query.Device, query.Epoch);
                break;
            case Effect.Cancel cancel:
                _commands.Cancel(cancel.Id, cancel.Device, cancel.Epoch);
                break;
            case Effect.Alarm alarm:
                _alarm.Set(alarm.At);
                break;
            case Effect.Evaluate evaluate:
                Evaluate(evaluate);
                break;
            case Effect.Select select:
                _selector.Select(select);
                break;
            case Effect.Arm arm:
                _matchers.Arm(arm);
                break;
            case Effect.Recall recall:
                _matchers.Recall(recall.Armed);
                break;
            case Effect.Disarm disarm:
                _matchers.Disarm(disarm.Ticket);
                break;
            case Effect.Publish publish:
                Publish(publish);
                break;
            case Effect.SetFault fault:
                _faults.Set(fault);
                break;
            case Effect.ClearFault fault:
                _faults.Clear(fault);
                break;
            case Effect.Fetch fetch:
                _calls.Fetch(fetch);
                break;
            case Effect.Execute execute:
                _calls.Execute(execute);
                break;
            case Effect.GiveUp givenUp:
                _calls.GiveUp(givenUp.Ticket);
                break;
            case Effect.Log log:
                _setup.Said?.Invoke(log.At, log.Message);
                break;
            case Effect.Ended:
                break;
            default:
                throw new NotSupportedException($"The world does not know what to do for {effect.GetType().Name}.");
        }
    }

    private void Evaluate(Effect.Evaluate order)
    {
        var evaluation = _evaluator.Evaluate(order.Template, order.Condition, order.Scope, Models.Values.ValueMap.Empty, order.Now, order.Seed, order.Explained);
        _ports.Sink.Post(new Fact.Evaluated(_setup.Clock.Now, order.Ticket, evaluation));
    }

    private void Publish(Effect.Publish order) => _setup.Plane.Watching.Post(
        new OutgoingMessage
        {
            Topic = order.Topic,
            Payload = order.Payload.AsMemory(),
            QualityOfService = order.Qos == 0 ? QualityOfService.AtMostOnce : QualityOfService.AtLeastOnce,
            Retain = order.Retain,
        },
        new AnsweredPublish(order.Ticket, _setup.Clock, _ports.Sink),
        token: 0);

    private void Take(in ReceivedAcknowledgement received)
    {
        if (_restoration.IsRestored(received))
        {
            Log.BrokerBack(_setup.Logger);
            _ports.Sink.Post(new Fact.LinkRestored(_setup.Clock.At(received.ReceivedTimestamp)));
        }
        else if (!_faults.Acknowledged(received) && _commands.Acknowledged(received) is { } changed)
        {
            _matchers.StateChanged(changed, isReplay: false);
        }
    }

    private void Take(IncomingMessage message, in TopicAddress? address)
    {
        if (address is { Kind: TopicKind.Status } status)
        {
            _watch.TakeStatus(status.Device, message);
        }
        else if (address is { Kind: TopicKind.WorkerStatus } worker)
        {
            _watch.TakeWorker(worker.Worker, message);
        }
        else if (address is { Kind: TopicKind.WorkerLag })
        {
            _setup.Lag.Take(message);
        }
        else if (address is { Kind: TopicKind.State } state && _watch.TakeState(state.Device, message) is { } changed)
        {
            _matchers.StateChanged(changed, message.Retained);
        }

        _matchers.Take(message);
    }

    private void Take(int link, LinkStatus status)
    {
        if (status.IsFinal)
        {
            // Closed by ourselves: nobody looks at this run any more.
            if (status.Failure is { } failure)
            {
                _ports.Broken(new OrchestratorException(OrchestratorErrorKind.BrokerUnreachable, failure.Message));
            }

            return;
        }

        if (status.State == LinkState.Connected)
        {
            _commands.Connected(link);
        }

        if (_restoration.Link(link, status.State) && status.Failure is { } lost)
        {
            Log.BrokerLost(_setup.Logger, lost.Message);
        }
    }
}
