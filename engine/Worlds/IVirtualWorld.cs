using IotMqtt.Engine.Running;

namespace IotMqtt.Engine.Worlds;

/// <summary>A world that has its own time: nothing happens between two moments in which something does.</summary>
internal interface IVirtualWorld : IWorld
{
    /// <summary>The time, since the run began.</summary>
    TimeSpan Now { get; }

    /// <summary>Goes on to the next moment at which something happens, and lets it happen.</summary>
    /// <returns>False where nothing will ever happen again.</returns>
    bool Advance(IFactSink facts);
}
