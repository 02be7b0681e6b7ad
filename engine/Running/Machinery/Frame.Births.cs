using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running.CriticalPath;
using IotMqtt.Engine.Running.Scopes;

namespace IotMqtt.Engine.Running.Machinery;

/// <content>How it begins the frames within it.</content>
internal abstract partial class Frame
{
    /// <summary>Begins a node within it.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="node">The node.</param>
    /// <param name="birth">Where and when.</param>
    protected Frame BeginNode(Machine machine, Node node, in Birth birth)
    {
        var child = FrameFactory.Of(node, birth.Scope, birth.Steps);
        child.Key = birth.Place.Name is { } name && birth.Relation == Relation.Device
            ? NodeKey.Of(Key, birth.Relation, name)
            : NodeKey.Of(Key, birth.Relation, birth.Place.Number);
        child.Place = birth.Place;
        child.Ready = birth.Ready;
        child.WantsResult = birth.WantsResult || node.Id is not null;
        machine.Begin(this, child);
        return child;
    }
}

/// <summary>Where and when a node begins.</summary>
/// <param name="Relation">What it is to the frame around it.</param>
/// <param name="Place">Its place there.</param>
/// <param name="Scope">The names that it sees.</param>
/// <param name="Ready">When it can start in the ideal run.</param>
internal readonly record struct Birth(Relation Relation, Place Place, ProgramScope Scope, Instant Ready)
{
    /// <summary>What its steps are called in paths, where it is a sequence that stands for a part of its node.</summary>
    public string? Steps { get; init; }

    /// <summary>Whether somebody will ask for its result.</summary>
    public bool WantsResult { get; init; }
}
