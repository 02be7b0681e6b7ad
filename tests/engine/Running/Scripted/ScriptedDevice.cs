using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Running.Scripted;

/// <summary>A device that does as it is told: a queue, a ledger, and a script for each command.</summary>
internal sealed class ScriptedDevice(string id, ScriptedWorld world)
{
    private readonly Dictionary<UInt128, ScriptedCommand> _ledger = [];
    private readonly Dictionary<string, int> _times = new(StringComparer.Ordinal);
    private readonly List<ScriptedCommand> _waiting = [];
    private int _running;

    public string Id => id;

    public string Model { get; set; } = "scripted";

    public int Concurrency { get; set; } = 1;

    public Dictionary<string, string> Labels { get; } = new(StringComparer.Ordinal);

    public ValueMap State { get; set; } = ValueMap.Empty;

    /// <summary>What it does with each command; the last script of a command serves all further times. Others take no time.</summary>
    public Dictionary<string, CommandScript[]> Scripts { get; } = new(StringComparer.Ordinal);

    /// <summary>Not reached by anything while it is away.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often each command was carried out.</summary>
    public Dictionary<string, int> Carried { get; } = new(StringComparer.Ordinal);

    public int InFlight => _waiting.Count + _running;

    /// <summary>What happened in it: command ids with the times at which they were carried out.</summary>
    public List<ScriptedCommand> Log { get; } = [];

    public void LoseLedger() => _ledger.Clear();

    public CommandScript NextScript(string command)
    {
        if (!Scripts.TryGetValue(command, out var scripts))
        {
            return new CommandScript();
        }

        var time = _times.GetValueOrDefault(command);
        _times[command] = time + 1;
        return scripts[Math.Min(time, scripts.Length - 1)];
    }

    public void Receive(Effect.Send send, CommandScript script)
    {
        if (_ledger.TryGetValue(send.Id, out var known))
        {
            if (known.IsTombstone)
            {
                Acknowledge(known, CommandStatus.Rejected, "tombstoned");
            }
            else if (known.HasEnded)
            {
                Acknowledge(known);
            }

            return;
        }

        var command = new ScriptedCommand { Id = send.Id, Name = send.Command, Script = script };
        _ledger.Add(send.Id, command);
        if (script.Reject is not null)
        {
            command.Status = CommandStatus.Rejected;
            command.Error = script.Reject;
            command.Done = world.Now;
            Acknowledge(command);
            return;
        }

        command.Accepted = world.Now;
        _waiting.Add(command);
        if (script.Phases)
        {
            Acknowledge(command);
        }

        if (script.Emits is { } emits)
        {
            world.At(world.Now + emits.After, () => world.Message(MatchKind.Event, id, emits.Event, emits.Value));
        }

        StartNext();
    }

    public void Query(UInt128 command)
    {
        if (!_ledger.TryGetValue(command, out var known))
        {
            known = new ScriptedCommand { Id = command, Name = "", Script = new(), Status = CommandStatus.Unknown, IsTombstone = true };
            _ledger.Add(command, known);
        }

        Answer(known);
    }

    public void Cancel(UInt128 command)
    {
        if (!_ledger.TryGetValue(command, out var known))
        {
            known = new ScriptedCommand { Id = command, Name = "", Script = new(), Status = CommandStatus.Cancelled, IsTombstone = true };
            _ledger.Add(command, known);
        }

        if (!known.HasEnded)
        {
            if (!_waiting.Remove(known))
            {
                _running--;
            }

            known.Status = CommandStatus.Cancelled;
            known.Done = world.Now;
            Answer(known);
            StartNext();
            return;
        }

        Answer(known);
    }

    private void StartNext()
    {
        while (_running < Concurrency && _waiting.Count > 0)
        {
            var command = _waiting[0];
            _waiting.RemoveAt(0);
            _running++;
            command.Status = CommandStatus.Running;
            command.Started = world.Now;
            Log.Add(command);
            Carried[command.Name] = Carried.GetValueOrDefault(command.Name) + 1;
            if (command.Script.Phases)
            {
                Acknowledge(command);
            }

            if (!command.Script.Hang)
            {
                world.At(world.Now + command.Script.Takes, () => Finish(command));
            }
        }
    }

    private void Finish(ScriptedCommand command)
    {
        if (command.HasEnded)
        {
            return;
        }

        _running--;
        command.Done = world.Now;
        command.Error = command.Script.Fail;
        command.Status = command.Error is null ? CommandStatus.Succeeded : CommandStatus.Failed;
        foreach (var (name, value) in command.Script.Set ?? ValueMap.Empty)
        {
            State = State.With(name, value);
        }

        if (command.Script.Late > TimeSpan.Zero)
        {
            world.At(world.Now + command.Script.Late, () => Acknowledge(command));
        }
        else
        {
            Acknowledge(command);
        }

        StartNext();
    }

    private void Acknowledge(ScriptedCommand command, CommandStatus? status = null, string? code = null)
    {
        if (!command.Script.LoseAck && !command.Script.Silent)
        {
            Say(command, status, code);
            if (command.Script.Twice)
            {
                Say(command, status, code);
            }
        }
    }

    private void Answer(ScriptedCommand command)
    {
        if (!command.Script.Silent)
        {
            Say(command, null, null);
        }
    }

    private void Say(ScriptedCommand command, CommandStatus? status, string? code)
    {
        if (IsAway)
        {
            return;
        }

        world.Say(command.Id, new Acknowledgement
        {
            Status = status ?? command.Status,
            Accepted = command.Accepted,
            Started = command.Started,
            Done = command.Done,
            Result = command.Status == CommandStatus.Succeeded ? command.Script.Result : default,
            ErrorMessage = command.Error,
            ErrorCode = code,
        });
    }

    public Value View() => Value.Of(ValueMap.Of(
        ("id", Value.Of(id)),
        ("model", Value.Of(Model)),
        ("state", Value.Of(State)),
        ("labels", Value.Of(ValueMap.Of([.. Labels.Select(label => (label.Key, Value.Of(label.Value)))]))),
        ("vars", Value.Of(ValueMap.Empty))));
}
