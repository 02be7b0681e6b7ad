using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Running.Scopes;

/// <summary>The devices as expressions see them: what a world knows of them now.</summary>
internal interface IDeviceViews
{
    /// <summary>The ids, for suggestions.</summary>
    IEnumerable<string> Ids { get; }

    /// <summary>A device: a map with <c>id</c>, <c>model</c>, <c>state</c>, <c>labels</c>, <c>vars</c>.</summary>
    bool TryGet(string id, out Value device);
}
