using System.Text;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Reading;
using IotMqtt.Models.StandIns;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Fleets;

/// <summary>
/// A fleet in C#. What it is given is what an entry of a fleet file says, and is checked as that: docs/models.md.
/// <code>
/// var fleet = new FleetBuilder("acme").Add&lt;AcmeUnit&gt;("unit-${n}", count: 200, vars: new { serial = "SN${pad(n, 4)}" }).Build();
/// </code>
/// </summary>
/// <param name="name">Its name.</param>
public sealed class FleetBuilder(string name)
{
    private readonly List<Value> _devices = [];
    private readonly List<string> _files = [];
    private readonly List<DeviceModel> _models = [];

    /// <summary>Adds the models of files.</summary>
    /// <param name="files">The files, relative to the current folder.</param>
    public FleetBuilder Models(params ReadOnlySpan<string> files)
    {
        _files.AddRange(files);
        return this;
    }

    /// <summary>Adds models.</summary>
    /// <param name="models">The models, such as <c>StandIn.ModelOf&lt;AcmeUnit&gt;()</c>.</param>
    public FleetBuilder Models(params ReadOnlySpan<DeviceModel> models)
    {
        foreach (var model in models)
        {
            if (!_models.Contains(model))
            {
                _models.Add(model);
            }
        }

        return this;
    }

    /// <summary>Adds one device, or several.</summary>
    /// <param name="id">The id; <c>${n}</c> in it counts from 1.</param>
    /// <param name="model">The name of its model.</param>
    /// <param name="count">How many.</param>
    /// <param name="vars">Its variables, such as <c>new { serial = "SN${pad(n, 4)}" }</c>.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="initial">Initial values of properties that differ from the model's.</param>
    /// <param name="commands">What is different in its commands, such as <c>new Dictionary&lt;string, object&gt; { ["reboot"] = new { takes = "1s" } }</c>.</param>
    public FleetBuilder Add(string id, string model, int count = 1, object? vars = null, object? labels = null, object? initial = null, object? commands = null)
    {
        var device = new ValueMap.Builder();
        device.Set("id", Value.Of(id));
        device.Set("model", Value.Of(model));
        if (count != 1)
        {
            device.Set("count", count);
        }

        foreach (var (key, value) in new[] { ("vars", vars), ("labels", labels), ("initial", initial), ("commands", commands) })
        {
            if (value is not null)
            {
                device.Set(key, Value.From(value));
            }
        }

        _devices.Add(Value.Of(device.Build()));
        return this;
    }

    /// <summary>Adds one device of a class, or several.</summary>
    /// <param name="id">The id; <c>${n}</c> in it counts from 1.</param>
    /// <param name="count">How many.</param>
    /// <param name="vars">Its variables.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="initial">Initial values of properties that differ from the class's.</param>
    /// <typeparam name="T">The class.</typeparam>
    /// <exception cref="InvalidFileException">The class is no model.</exception>
    public FleetBuilder Add<T>(string id, int count = 1, object? vars = null, object? labels = null, object? initial = null)
        where T : StandIn, new()
    {
        var model = _models.FirstOrDefault(known => known.CodeType == typeof(T)) ?? StandIn.ModelOf<T>();
        return Models(model).Add(id, model.Name, count, vars, labels, initial);
    }

    /// <summary>The fleet.</summary>
    /// <param name="options">What it is expanded with; null: the defaults.</param>
    /// <exception cref="InvalidFileException">It is not valid: everything that is wrong. A line of it stands for an entry.</exception>
    public FleetDefinition Build(FleetOptions? options = null)
    {
        // JSON is YAML; an entry a line, which is what diagnostics count.
        var text = new StringBuilder().Append("fleet: ").Append(Value.Of(name).ToJson()).Append('\n');
        if (_files.Count > 0)
        {
            text.Append("models: ").Append(Value.From(_files).ToJson()).Append('\n');
        }

        text.Append(_devices.Count == 0 ? "devices: []\n" : "devices:\n");
        foreach (var device in _devices)
        {
            text.Append("  - ").Append(device.ToJson()).Append('\n');
        }

        options ??= new FleetOptions();
        var diagnostics = new DiagnosticBag();
        return FleetFile.Parse(text.ToString(), $"(fleet {name})", options with { Models = [.. options.Models, .. _models] }, diagnostics)
            ?? throw new InvalidFileException([.. diagnostics]);
    }
}
