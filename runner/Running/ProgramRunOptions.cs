using System.Collections.Immutable;
using IotMqtt.Engine.Running;
using IotMqtt.Engine.Worlds;
using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;
using IotMqtt.Protocol.Ids;
using IotMqtt.Runner.Registry;

namespace IotMqtt.Runner.Running;

/// <summary>How one run goes.</summary>
public sealed record ProgramRunOptions
{
    /// <summary>The program's parameters that differ from their defaults.</summary>
    public ValueMap Parameters { get; init; } = ValueMap.Empty;

    /// <summary>How long the program may take, registration not included; what is in flight then is cancelled. Null: as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How late the run and its workers may be, see <see cref="Verdict.Lag"/>; later, and it has failed. Null: it is said, and no more.</summary>
    public TimeSpan? MaxLag { get; init; }

    /// <summary>Who is told of the steps as they happen. Called from where the run is handled: to note and return.</summary>
    public ImmutableArray<IRunObserver> Observers { get; init; } = [];

    /// <summary>Keeps the facts of the run; null: nobody does.</summary>
    internal IJournal? Journal { get; init; }

    /// <summary>Told when the devices are registered and the program begins.</summary>
    public Action<Registration>? Registered { get; init; }

    /// <summary>Told of each line of a <c>log</c> node, and when in the run it was said.</summary>
    public Action<TimeSpan, string>? Said { get; init; }

    /// <summary>The bounds of what a run waits for.</summary>
    public RunOptions Bounds { get; init; } = new();

    /// <summary>For a run in virtual time: the root of the topics on which its devices are heard. A run over MQTT has its runner's.</summary>
    public RootTopic Root { get; init; } = RootTopic.Default;

    /// <summary>For a run in virtual time: rules that its devices have, and who is told what they say and hear.</summary>
    internal (IReadOnlyList<(string Device, StandInRule Rule)> Rules, IWorldTap? Tap) World { get; init; } = ([], null);

    /// <summary>Cancelled where not even the end of what was cancelled is waited for any more: a second Ctrl-C.</summary>
    public CancellationToken Abandon { get; init; }
}
