using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Engine.Programs.Validation;

/// <summary>What the checks of a program and of all that it runs share.</summary>
internal sealed class CheckContext(FleetDefinition fleet, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, string?> _deviceSuggestions = new(StringComparer.Ordinal);
    private readonly HashSet<(DeviceProgram Program, string Parameters)> _checked = [];

    /// <summary>The fleet.</summary>
    public FleetDefinition Fleet { get; } = fleet;

    /// <summary>Where errors go.</summary>
    public DiagnosticBag Diagnostics { get; } = diagnostics;

    /// <summary>Whether parts of a program could not be read, so that variables and ids may be missing.</summary>
    public bool IsPart { get; init; }

    /// <summary>
    /// Whether what was meant by a name is looked for among the devices: not after so many errors as nobody reads, because in a large fleet each
    /// search takes milliseconds.
    /// </summary>
    public bool Suggests => Diagnostics.Noted < 200;

    /// <summary>The shapes of devices.</summary>
    public DeviceShapes Shapes { get; } = new();

    /// <summary>Its device ids, for suggestions.</summary>
    public IReadOnlyList<string> DeviceIds { get; } = [.. fleet.Devices.Select(device => device.Id)];

    /// <summary>The models of the fleet, each once.</summary>
    public IReadOnlyList<DeviceModel> Models { get; } = [.. fleet.Devices.Select(device => device.Model).DistinctBy(model => model.Name)];

    /// <summary>The device that somebody meant; looked for once for each name, because a fleet may be large.</summary>
    public string? SuggestDevice(string name)
    {
        if (!_deviceSuggestions.TryGetValue(name, out var suggestion))
        {
            suggestion = Suggests ? Suggest.For(name, DeviceIds) : null;
            _deviceSuggestions[name] = suggestion;
        }

        return suggestion;
    }

    /// <summary>Whether a program has not been checked with these parameters yet.</summary>
    public bool IsNew(DeviceProgram program, string parameters) => _checked.Add((program, parameters));
}
