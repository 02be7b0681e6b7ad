namespace IotMqtt.Models.Behaviour.Messages;

/// <summary>What a device that speaks on topics of its own knows of them; others have none.</summary>
internal sealed class TopicState
{
    /// <summary>The filters of the model's entries of <c>receives</c>; null: one could not be computed.</summary>
    public required string?[] Filters { get; init; }

    /// <summary>The filters of what says that a device which is not ours is there.</summary>
    public required string?[] OnlineFilters { get; init; }

    /// <summary>What each of them has said; null: nothing yet.</summary>
    public required bool?[] SaidOnline { get; init; }

    /// <summary>Whether it is taken for being there until it says otherwise.</summary>
    public bool IsAssumedThere { get; set; }

    /// <summary>Whether it is there.</summary>
    public bool IsThere { get; set; }
}
