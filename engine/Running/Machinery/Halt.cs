namespace IotMqtt.Engine.Running.Machinery;

/// <summary>Whether a frame may still start something.</summary>
internal enum Halt : byte
{
    /// <summary>It may.</summary>
    None,

    /// <summary>Nothing new; commands in flight are awaited, delays and waits are given up.</summary>
    Draining,

    /// <summary>Nothing new; commands in flight are cancelled, and that is awaited.</summary>
    Cancelling,
}
