using System.Text;
using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Addressing;
using IotMqtt.Protocol.Commands;
using IotMqtt.Protocol.Links;
using IotMqtt.Runner.Dispatch;
using IotMqtt.Runner.Dispatch.Devices;
using IotMqtt.Runner.Dispatch.Links;
using IotMqtt.Runner.Dispatch.Loop;
using IotMqtt.Runner.Dispatch.Timing;
using Microsoft.Extensions.Logging.Abstractions;
using Acknowledgement = IotMqtt.Protocol.Messages.Acknowledgement;

namespace IotMqtt.Runner.Running;

/// <summary>
/// Runs a small program once, in virtual time and with all that a run over MQTT is made of but a broker: nothing leaves the process. It costs what the
/// just-in-time compiler costs, at a time when nothing waits for it; otherwise the first steps of the first run would, and a home
/// of 500 ms a command would be tens of milliseconds slower than its critical path.
/// </summary>
internal static class Rehearsal
{
    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(
        """{"status":"succeeded","epoch":1,"attempt":1,"state":{"on":true},"revision":1,"times":{"accepted":1.5,"started":1.5,"done":2.5}}""");

    private static readonly Lock Gate = new();
    private static Task? _once;

    /// <summary>What it runs.</summary>
    public static DeviceProgram Program { get; } = CreateProgram();

    /// <summary>Whom it runs it on.</summary>
    public static FleetDefinition Fleet { get; } = new() { Name = "rehearsal", Devices = [Device("a"), Device("b")] };

    /// <summary>Nothing that it was given.</summary>
    public static ProgramInputs Inputs { get; } = new(ValueMap.Empty, ValueMap.Empty);

    /// <summary>Rehearses in the background, once a process: whoever asks later gets the same task.</summary>
    public static Task Once(TimeProvider time)
    {
        lock (Gate)
        {
            return _once ??= Task.Run(() => RunAsync(time));
        }
    }

    /// <summary>Rehearses.</summary>
    /// <returns>How it ended; null: it did not.</returns>
    internal static Task<Verdict?> RunAsync(TimeProvider time) => RunAsync(time, Program);

    /// <summary>Rehearses a program of these devices.</summary>
    /// <returns>How it ended; null: it did not.</returns>
    internal static async Task<Verdict?> RunAsync(TimeProvider time, DeviceProgram program)
    {
        VirtualRun.Run(program, Fleet, Inputs, new ProgramRunOptions(), 0, CancellationToken.None);
        await using var plane = ControlPlane.Unconnected(new LinkEnvironment(time));
        var devices = new DeviceDirectory(Fleet.Devices.Select(device => new KnownDevice(device)));
        var id = RunIdentity.New();
        var clock = new RunClock(time);
        MqttWorld? world = null;
        var setup = new WorldSetup { Plane = plane, Devices = devices, Clock = clock, Run = id.Text, Logger = NullLogger.Instance };
        var run = new Run(program, devices, new RunOptions(), new NoObserver());
        var loop = new RunLoop(run, null, NullLogger.Instance, ports => world = new MqttWorld(setup, ports));
        await using var disposal = world!;
        loop.Post(new Fact.Started(id.Number, 0, clock.BeganAt, ValueMap.Empty, [new DeviceSeen("a"), new DeviceSeen("b")]));
        while (world!.OpenCommands is { Count: > 0 } open)
        {
            foreach (var command in open.ToArray())
            {
                Decode(plane.Topics, command.Message);
                loop.Post(new Fact.Published(clock.Now, command.Id.Value));
                _ = Acknowledgement.TryParse(Answer, out var answer, out _);
                ((IPlaneListener)loop).OnAcknowledgement(new ReceivedAcknowledgement(
                    command.Device.Id, CorrelationData.From(command.Id), answer!, time.GetTimestamp()));
            }
        }

        return loop.Ended.IsCompletedSuccessfully ? await loop.Ended : null;
    }

    // As a device in the same process will.
    private static void Decode(Topics topics, OutgoingMessage message)
    {
        _ = topics.TryParse(message.Topic, out var address);
        CommandDecoder.Decode(topics, address, new IncomingMessage
        {
            Topic = message.Topic,
            Payload = message.Payload,
            ResponseTopic = message.ResponseTopic,
            CorrelationData = message.CorrelationData,
            UserProperties = message.UserProperties!,
        });
    }

    private static DeviceProgram CreateProgram()
    {
        var first = new DoNode(new DeviceTarget(SourcePosition.None, "a"), "go")
        {
            With = [new("how", new ValueTemplate.Constant(Value.Of("gently")))],
        };
        var second = new DoNode(new DeviceTarget(SourcePosition.None, "b"), "go");
        return new DeviceProgram
        {
            Name = "rehearsal",
            Steps = new SequenceNode([new ParallelNode([first, new SequenceNode([second, second])])]),
        };
    }

    private static DeviceDefinition Device(string id) => new()
    {
        Id = id,
        At = SourcePosition.None,
        Model = new DeviceModel
        {
            Name = "rehearsal",
            Hash = "rehearsal",
            Properties = [new PropertyDefinition("on", new DataType { Kind = DataTypeKind.Boolean }, Value.False)],
            Commands =
            [
                new CommandDefinition
                {
                    Name = "go",
                    Takes = new DurationSpec.Fixed(TimeSpan.Zero),
                    Parameters = [new ParameterDefinition("how", new DataType { Kind = DataTypeKind.Text }, null, Optional: true)],
                    Set = [new PropertyAssignment(0, new ValueTemplate.Constant(Value.True))],
                },
            ],
        },
    };

    private sealed class NoObserver : IRunObserver
    {
        public void Started(in NodeStarted node)
        {
        }

        public void Progressed(in CommandProgressed progress)
        {
        }

        public void Ended(in NodeEnded node)
        {
        }
    }
}
