using CsCheck;
using IotMqtt.Lifecycle;
using IotMqtt.Models.Behaviour;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Behaviour;

/// <summary>What must hold of a ledger whatever arrives, in whatever order, how often ever (DESIGN section 4, rules 1 to 4).</summary>
public sealed class LedgerPropertyTests
{
    private const int Ids = 8;

    private enum Kind
    {
        Send,
        Query,
        Cancel,
        Pass,
    }

    private static readonly Gen<(Kind Kind, int Id, int Command, int Milliseconds)[]> Scripts = Gen.Select(
        Gen.Frequency((5, Gen.Const(Kind.Send)), (2, Gen.Const(Kind.Query)), (2, Gen.Const(Kind.Cancel)), (3, Gen.Const(Kind.Pass))),
        Gen.Int[0, Ids - 1],
        Gen.Int[0, 9],
        Gen.Int[0, 8]).Array[1, 60];

    [Fact]
    public void What_was_said_of_a_command_stays_true() => Scripts.Sample(script =>
    {
        var play = new Play(capacity: 100);
        foreach (var step in script)
        {
            play.Do(step.Kind, step.Id, step.Command, step.Milliseconds);
        }

        play.Finish();
        return play.Contradictions.Count == 0;
    }, iter: 3000);

    [Fact]
    public void Nothing_is_carried_out_twice() => Scripts.Sample(script =>
    {
        var play = new Play(capacity: 100);
        foreach (var step in script)
        {
            play.Do(step.Kind, step.Id, step.Command, step.Milliseconds);
        }

        play.Finish();
        return play.Count == play.Succeeded;
    }, iter: 3000);

    [Fact]
    public void A_small_ledger_refuses_rather_than_forgets() => Scripts.Sample(script =>
    {
        var play = new Play(capacity: 3);
        foreach (var step in script)
        {
            play.Do(step.Kind, step.Id, step.Command, step.Milliseconds);
        }

        play.Finish();
        return play.Contradictions.Count == 0 && play.Count == play.Succeeded;
    }, iter: 3000);

    /// <summary>One device, and a requester that remembers what it was told of each id.</summary>
    private sealed class Play
    {
        private readonly RecordingHost _host = new();
        private readonly DeviceMachine _machine;
        private readonly CommandStatus?[] _told = new CommandStatus?[Ids];
        private TimeSpan _now;
        private int _heard;

        public Play(int capacity) => _machine = new DeviceMachine(
            Bench.Fleet.Devices[0],
            new DeviceMachineOptions { LedgerCapacity = capacity, QueueBound = 3 },
            new ExpressionEvaluator(),
            _host,
            seed: 1);

        public List<string> Contradictions { get; } = [];

        public long Count => _machine.State()["count"].AsInteger;

        public int Succeeded => _told.Count(told => told == CommandStatus.Succeeded);

        public void Do(Kind kind, int id, int command, int milliseconds)
        {
            var request = new ControlRequest { Id = new CommandKey((UInt128)id), Run = "r", Epoch = 1 };
            switch (kind)
            {
                case Kind.Send:
                    _machine.Receive(Command(id, command), _now);
                    break;
                case Kind.Query when _machine.Query(request, _now) is { } reply:
                    Hear(reply);
                    break;
                case Kind.Cancel when _machine.Cancel(request, _now) is { } reply:
                    Hear(reply);
                    break;
                case Kind.Pass:
                    Pass(TimeSpan.FromMilliseconds(milliseconds));
                    break;
                default:
                    break;
            }

            HearReplies();
        }

        public void Finish()
        {
            while (_machine.NextDue is { } due)
            {
                Pass(due > _now ? due - _now : TimeSpan.Zero);
            }

            for (var id = 0; id < Ids; id++)
            {
                Do(Kind.Query, id, 0, 0);
            }
        }

        // Which command an id stands for is fixed, but for one time in ten: that is the conflict that must settle nothing.
        private static CommandRequest Command(int id, int variant) => new()
        {
            Command = variant == 9 ? "shift" : id % 2 == 0 ? "bump" : "add",
            Arguments = id % 2 == 0 || variant == 9 ? ValueMap.Empty : ValueMap.Of(("by", Value.Of(1))),
            Key = new CommandKey((UInt128)id),
            ReplyTo = "desk",
            Run = "r",
            Epoch = 1,
            Budget = variant == 8 ? TimeSpan.FromMilliseconds(2) : null,
        };

        private void Pass(TimeSpan time)
        {
            var until = _now + time;
            while (_machine.NextDue is { } due && due <= until)
            {
                _now = due > _now ? due : _now;
                _machine.Advance(_now);
            }

            _now = until;
            HearReplies();
        }

        private void HearReplies()
        {
            for (; _heard < _host.Replies.Count; _heard++)
            {
                Hear(_host.Replies[_heard]);
            }
        }

        private void Hear(in CommandReply reply)
        {
            if (reply.ErrorCode is ErrorCode.IdConflict or ErrorCode.StaleEpoch || reply.Status < CommandStatus.Succeeded)
            {
                return;
            }

            // Unknown and tombstoned are the same to a requester: it has not run and will not.
            var status = reply.ErrorCode == ErrorCode.Tombstoned ? CommandStatus.Unknown : reply.Status;
            var key = reply.Key;
            var id = Enumerable.Range(0, Ids).First(id => key == new CommandKey((UInt128)id));
            if (_told[id] is { } before && before != status)
            {
                Contradictions.Add($"{id} was {before} and is {status}");
            }

            _told[id] = status;
        }
    }
}
