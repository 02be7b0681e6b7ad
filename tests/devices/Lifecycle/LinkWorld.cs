using IotMqtt.Lifecycle;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Ids;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Testing;

namespace IotMqtt.Devices.Tests.Lifecycle;

/// <summary>A device of a real worker, and a requester with several addresses, on a real broker.</summary>
internal sealed class LinkWorld : ILifecycleWorld
{
    private static readonly TimeSpan ControlBudget = TimeSpan.FromSeconds(30);

    private readonly Topics _topics;
    private readonly DeviceId _device;
    private readonly TestLog _log;
    private readonly DeviceFleetHost _host;
    private readonly MqttLink _link;
    private readonly Mailbox _mailbox;
    private int _asked;

    private LinkWorld(Topics topics, DeviceId device, TestLog log, DeviceFleetHost host, MqttLink link, Mailbox mailbox) =>
        (_topics, _device, _log, _host, _link, _mailbox) = (topics, device, log, host, link, mailbox);

    public static async Task<ILifecycleWorld> StartAsync(BrokerUrl broker, LifecycleCase played, CancellationToken cancellationToken)
    {
        // A root and client ids of its own: cases share the broker.
        var root = RootTopic.Parse($"case-{played.Name}");
        var topics = new Topics(root);
        var log = new TestLog();
        var bounds = DeviceMachineOptions.Default;
        var options = new DeviceFleetOptions
        {
            Broker = broker,
            Root = root,
            ClientIdPrefix = $"{played.Name}-",
            StateInterval = TimeSpan.FromMilliseconds(10),
            Device = bounds with
            {
                QueueBound = played.QueueBound ?? bounds.QueueBound,
                LedgerCapacity = played.LedgerCapacity ?? bounds.LedgerCapacity,
            },
        };
        var definition = Bench.Fleet.Find(played.Device)!;
        var fleet = new FleetDefinition { Name = played.Name, Devices = [definition] };
        var host = await DeviceFleetHost.StartAsync(fleet, options, log, TimeProvider.System, cancellationToken);
        var mailbox = new Mailbox(topics);
        var link = new MqttLink(
            new MqttLinkOptions { Url = broker, ClientId = $"desk-{played.Name}" },
            mailbox,
            new LinkEnvironment(),
            [.. Mailbox.Addresses.Select(address => new Subscription(topics.AckFilter(ClientId.Parse(address)))), new Subscription(topics.AllStateFilter)]);
        await link.ConnectAsync(cancellationToken);
        return new LinkWorld(topics, DeviceId.Parse(definition.Id), log, host, link, mailbox);
    }

    public Task SendAsync(SendStep step, CancellationToken cancellationToken)
    {
        var command = new CommandMessage
        {
            Device = _device,
            Command = CommandName.Parse(step.Command),
            ResponseTopic = step.To is null ? null : Address(step.To),
            Correlation = step.Id is null ? default : CorrelationOf(step.Id),
            Budget = step.Budget,
            Run = step.Run is null ? null : RunId.Parse(step.Run),
            Epoch = step.Epoch,
            Attempt = step.Attempt,
            Acks = (step.WantsAccepted ? AcknowledgementPhases.Accepted : 0) | (step.WantsRunning ? AcknowledgementPhases.Running : 0),
        };
        return PublishAsync(CommandEncoder.Encode(_topics, command) with { Payload = System.Text.Encoding.UTF8.GetBytes(step.Payload ?? "") }, cancellationToken);
    }

    public Task<Answer> NextAsync(string id, string to, CancellationToken cancellationToken) =>
        _mailbox.TakeAsync(to, CorrelationOf(id), $"{id} is acknowledged at {to}", cancellationToken);

    public async Task<Answer> AskAsync(AskStep step, CancellationToken cancellationToken)
    {
        var run = step.Run is null ? default(RunId?) : RunId.Parse(step.Run);
        return await AskAsync(
            step.To,
            replyTo => step.Kind switch
            {
                AskKind.Register => ControlEncoder.Encode(
                    _topics, _device, new RegisterRequest { Run = run!.Value, Epoch = step.Epoch!.Value }, replyTo, ControlBudget),
                AskKind.Query => ControlEncoder.Encode(
                    _topics, _device, new QueryRequest { Id = IdOf(step.Id!), Run = run!.Value, Epoch = step.Epoch!.Value }, replyTo, ControlBudget),
                _ => ControlEncoder.Encode(
                    _topics, _device, new CancelRequest { Id = IdOf(step.Id!), Run = run, Epoch = step.Epoch }, replyTo, ControlBudget),
            },
            cancellationToken);
    }

    public async Task SetFaultAsync(FaultStep step, CancellationToken cancellationToken)
    {
        var fault = step.Fault.IsNull ? default(JsonText?) : JsonText.Parse(step.Fault.ToJson());
        var request = new FaultRequest { Key = step.Key, Fault = fault };
        var answer = await AskAsync("desk", replyTo => ControlEncoder.Encode(_topics, _device, request, replyTo, ControlBudget), cancellationToken);
        Assert.Equal(CommandStatus.Succeeded, answer.Status);
    }

    public Task AwaitStateAsync(ValueMap properties, CancellationToken cancellationToken)
    {
        var wanted = properties.Entries.ToArray();
        return Eventually.Async(
            $"the retained state has {properties}",
            () => _mailbox.State is { } state && Array.TrueForAll(wanted, property => state.TryGet(property.Key, out var value) && value == property.Value),
            cancellationToken,
            () => _mailbox.State);
    }

    public async Task<IReadOnlyList<string>> LeftoversAsync(CancellationToken cancellationToken)
    {
        // What the device has sent before this answer has arrived before it.
        await AskAsync(
            "desk",
            replyTo => ControlEncoder.Encode(_topics, _device, new RegisterRequest { Run = RunId.Parse("fence"), Epoch = 0 }, replyTo, ControlBudget),
            cancellationToken);
        return _mailbox.Leftovers;
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _host.DisposeAsync();
        _log.Dispose();
    }

    private async Task<Answer> AskAsync(string to, Func<ReplyAddress, OutgoingMessage> encode, CancellationToken cancellationToken)
    {
        var correlation = CorrelationOf($"question {++_asked}");
        await PublishAsync(encode(new ReplyAddress(Address(to), correlation)), cancellationToken);
        return await _mailbox.TakeAsync(to, correlation, "a question is answered", cancellationToken);
    }

    private async Task PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var result = await _link.PublishAsync(message, cancellationToken);
        Assert.True(result.IsTaken, $"{message.Topic}: {result}");
    }

    private string Address(string to) => _topics.Ack(ClientId.Parse(to), _device);

    private static CommandId IdOf(string id) => new(LifecycleIds.Of(id));

    private static CorrelationData CorrelationOf(string id) => CorrelationData.From(IdOf(id));
}
