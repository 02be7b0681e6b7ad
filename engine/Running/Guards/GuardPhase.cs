namespace IotMqtt.Engine.Running.Guards;

/// <summary>How far a node with options has come.</summary>
internal enum GuardPhase
{
    /// <summary>Its <c>when</c> is asked.</summary>
    When,

    /// <summary>Its <c>timeout</c> is computed.</summary>
    Timeout,

    /// <summary>The arguments of its <c>undo</c> are captured.</summary>
    Capture,

    /// <summary>It is being tried.</summary>
    Attempt,

    /// <summary>It waits for the next attempt.</summary>
    Backoff,

    /// <summary>Its <c>catch</c> runs.</summary>
    Catch,

    /// <summary>Its <c>finally</c> runs.</summary>
    Finally,
}
