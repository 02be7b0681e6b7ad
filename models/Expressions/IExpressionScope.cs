using IotMqtt.Models.Values;

namespace IotMqtt.Models.Expressions;

/// <summary>The names that an expression may use. What it resolves is frozen: an expression reads, it never writes.</summary>
internal interface IExpressionScope
{
    /// <summary>The names there are, for suggestions.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The value of a name such as <c>args</c>, <c>params</c>, <c>value</c> or a variable.</summary>
    bool TryResolve(string name, out Value value);

    /// <summary>What <c>device('id')</c> stands for: a map with <c>id</c>, <c>model</c>, <c>state</c>, <c>labels</c>, <c>vars</c>.</summary>
    bool TryResolveDevice(string id, out Value device);
}
