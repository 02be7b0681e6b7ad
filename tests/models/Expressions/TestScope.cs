using IotMqtt.Models.Expressions;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Tests.Expressions;

/// <summary>Names and devices given as JSON.</summary>
internal sealed class TestScope : IExpressionScope
{
    private readonly ValueMap _names;
    private readonly ValueMap _devices;

    public TestScope(string names, string devices = "{}")
    {
        _names = Parse(names).AsMap;
        _devices = Parse(devices).AsMap;
    }

    public static TestScope Home { get; } = new(
        """
        {
          "power": true, "brightness": 200, "song": "Never", "nothing": null, "ratio": 0.25, "big": 9007199254740993, "huge": 18446744073709551615,
          "items": [1, 2, 3], "args": { "id": 7, "song": "x", "deep": { "x": { "y": 1 } }, "list": [{ "a": 1 }] }, "empty": {}, "none": [], "zero": 0, "text": ""
        }
        """,
        """{ "toilet": { "id": "toilet", "state": { "bowl": "used", "lid": "open" } }, "bedroom-light": { "state": { "power": true } } }""");

    public IEnumerable<string> Names => _names.Select(entry => entry.Key).Concat(_devices.Select(entry => entry.Key));

    public bool TryResolve(string name, out Value value)
    {
        if (_names.TryGet(name, out value))
        {
            return true;
        }

        return !name.Contains('-', StringComparison.Ordinal) && TryResolveDevice(name, out value);
    }

    public bool TryResolveDevice(string id, out Value device)
    {
        if (!_devices.TryGet(id, out device))
        {
            return false;
        }

        if (id == "toilet")
        {
            device = Value.Of(device.AsMap.With("state", Value.Of(device.AsMap["state"].AsMap.Named("smart-toilet"))));
        }

        return true;
    }

    public static Value Parse(string json) =>
        Value.TryParseJson(System.Text.Encoding.UTF8.GetBytes(json), out var value, out var error) ? value : throw new ArgumentException(error, nameof(json));
}
