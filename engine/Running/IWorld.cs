namespace IotMqtt.Engine.Running;

/// <summary>
/// What a run acts upon: devices over MQTT, or their models in virtual time. It owes each effect its answer within a bounded time, and
/// never answers by calling back into the run: facts are posted and applied later, one at a time.
/// </summary>
internal interface IWorld
{
    /// <summary>Carries out effects, in order, without waiting for them.</summary>
    void Perform(ReadOnlySpan<Effect> effects, IFactSink facts);
}

/// <summary>Takes the facts of a run. Safe to call from any thread where the world uses several.</summary>
internal interface IFactSink
{
    /// <summary>Takes a fact, to be applied after those before it.</summary>
    void Post(Fact fact);
}

/// <summary>Keeps the facts of a run. A run is its facts: nothing else needs to be kept.</summary>
internal interface IJournal
{
    /// <summary>Adds facts, in the order in which they are applied.</summary>
    ValueTask AppendAsync(ReadOnlyMemory<Fact> facts, CancellationToken cancellationToken);
}
