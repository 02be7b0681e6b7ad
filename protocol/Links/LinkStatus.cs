namespace IotMqtt.Protocol.Links;

/// <summary>Where a link is in its life, and why.</summary>
/// <param name="State">Where it is.</param>
/// <param name="Failure">Why, if not by its owner's will.</param>
internal readonly record struct LinkStatus(LinkState State, LinkFailure? Failure = null)
{
    /// <summary>Whether nothing follows.</summary>
    public bool IsFinal => State is LinkState.TakenOver or LinkState.Failed or LinkState.Closed;
}
