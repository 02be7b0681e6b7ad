using IotMqtt.Lifecycle;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Behaviour;

/// <summary>A device bare, in virtual time: the clock stands still but where something is awaited that is yet to come.</summary>
internal sealed class VirtualWorld : ILifecycleWorld
{
    private readonly RecordingHost _host = new();
    private readonly DeviceMachine _machine;
    private TimeSpan _now = TimeSpan.FromSeconds(1);

    public VirtualWorld(LifecycleCase played)
    {
        var options = new DeviceMachineOptions
        {
            QueueBound = played.QueueBound ?? DeviceMachineOptions.Default.QueueBound,
            LedgerCapacity = played.LedgerCapacity ?? DeviceMachineOptions.Default.LedgerCapacity,
        };
        _machine = new DeviceMachine(Bench.Fleet.Find(played.Device)!, options, new ExpressionEvaluator(), _host, seed: 1);
        _machine.Start(_now);
    }

    public Task SendAsync(SendStep step, CancellationToken cancellationToken)
    {
        _machine.Receive(ToRequest(step), _now);
        return Task.CompletedTask;
    }

    public Task<Answer> NextAsync(string id, string to, CancellationToken cancellationToken)
    {
        var key = KeyOf(id);
        int at;
        while ((at = _host.Replies.FindIndex(reply => reply.Key == key && reply.ReplyTo == to)) < 0)
        {
            Assert.True(_machine.NextDue is not null, $"no acknowledgement of {id} at {to} will come");
            Advance();
        }

        var reply = _host.Replies[at];
        _host.Replies.RemoveAt(at);
        return Task.FromResult(ToAnswer(reply));
    }

    public Task<Answer> AskAsync(AskStep step, CancellationToken cancellationToken) => Task.FromResult(Ask(step));

    public Task SetFaultAsync(FaultStep step, CancellationToken cancellationToken)
    {
        if (step.Fault.IsNull)
        {
            Assert.True(_machine.ClearFault(step.Key));
        }
        else
        {
            Assert.True(FaultDefinition.TryRead(step.Fault, out var fault, out var error), error);
            _machine.SetFault(step.Key, fault);
        }

        return Task.CompletedTask;
    }

    public Task AwaitStateAsync(ValueMap properties, CancellationToken cancellationToken)
    {
        var wanted = properties.Entries.ToArray();
        while (!Array.TrueForAll(wanted, property => _machine.State()[property.Key] == property.Value) && _machine.NextDue is not null)
        {
            Advance();
        }

        Assert.All(wanted, property => Assert.Equal(property.Value, _machine.State()[property.Key]));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> LeftoversAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. _host.Replies.Select(reply => $"{reply.Status} of {reply.Key} at {reply.ReplyTo}")]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Answer Ask(AskStep step)
    {
        if (step.Kind == AskKind.Register)
        {
            var (taken, epoch) = _machine.Announce(step.Run!, step.Epoch!.Value);
            return taken
                ? new Answer { Status = CommandStatus.Succeeded, Epoch = epoch }
                : new Answer { Status = CommandStatus.Rejected, ErrorCode = ErrorCode.StaleEpoch };
        }

        var request = new ControlRequest { Id = KeyOf(step.Id!), Run = step.Run, Epoch = step.Epoch, ReplyTo = step.To };
        var reply = step.Kind == AskKind.Query ? _machine.Query(request, _now) : _machine.Cancel(request, _now);
        Assert.NotNull(reply);
        return ToAnswer(reply.Value);
    }

    private void Advance()
    {
        _now = _machine.NextDue!.Value is var due && due > _now ? due : _now;
        _machine.Advance(_now);
    }

    private static CommandKey KeyOf(string id) => new(LifecycleIds.Of(id));

    private static CommandRequest ToRequest(SendStep step)
    {
        var arguments = ValueMap.Empty;
        string? malformed = null;
        if (step.Payload is { } payload)
        {
            if (!Value.TryParseJson(System.Text.Encoding.UTF8.GetBytes(payload), out var value, out malformed))
            {
                malformed ??= "not JSON";
            }
            else if (value.Kind != ValueKind.Map)
            {
                malformed = "the payload is not a JSON object";
            }
            else
            {
                arguments = value.AsMap;
            }
        }

        return new CommandRequest
        {
            Command = step.Command,
            Arguments = arguments,
            Malformed = malformed,
            Key = step.Id is { } id ? KeyOf(id) : null,
            ReplyTo = step.To,
            WantsAccepted = step.WantsAccepted,
            WantsRunning = step.WantsRunning,
            Run = step.Run,
            Epoch = step.Epoch,
            Attempt = step.Attempt,
            Budget = step.Budget,
        };
    }

    private static Answer ToAnswer(in CommandReply reply) => new()
    {
        Status = reply.Status,
        Epoch = reply.Epoch,
        Attempt = reply.Attempt,
        Result = reply.Result,
        Changed = reply.Changed,
        Revision = reply.Revision,
        Accepted = reply.Accepted,
        Started = reply.Started,
        Done = reply.Done,
        ErrorCode = reply.ErrorCode,
        ErrorMessage = reply.ErrorMessage,
    };
}
