using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Reading;

namespace IotMqtt.Models.StandIns;

/// <summary>
/// Makes the model of a class: what its attributes say is written as the model file would say it, and read and checked as that; what it extends
/// stays in front of it.
/// </summary>
internal sealed class StandInModel(Type type, Func<StandIn> create)
{
    private readonly StandInShape _shape = StandInShape.Of(type);
    private readonly ModelAttribute _mark = type.GetCustomAttribute<ModelAttribute>() ?? new ModelAttribute();
    private readonly DiagnosticBag _diagnostics = new();

    /// <exception cref="InvalidFileException">It is no model.</exception>
    public DeviceModel Build()
    {
        var extended = Extended();
        var own = ModelFile.Parse(Text(extended, create()), $"({type.Name})", _diagnostics);
        foreach (var command in _shape.Guards.Keys)
        {
            if (own?.FindCommand(command) is null && extended?.FindCommand(command) is null)
            {
                _diagnostics.Error(new SourcePosition($"({type.Name})", 1, 1), $"[Requires(\"{command}\")] names no command", Suggest.For(command, _shape.Commands.Keys));
            }
        }

        if (own is null || _diagnostics.HasErrors)
        {
            throw new InvalidFileException([.. _diagnostics]);
        }

        var model = extended is null ? own : extended with
        {
            Name = own.Name,
            Properties = [.. extended.Properties, .. own.Properties],
            Commands = Merged(extended.Commands, own.Commands, command => command.Name),
            Events = Merged(extended.Events, own.Events, known => known.Name),
            Telemetry = Merged(extended.Telemetry, own.Telemetry, reading => reading.Name),
            Receives = [.. extended.Receives, .. own.Receives.Where(receive => extended.Receives.All(known => known.Name != receive.Name))],
            Will = own.Will ?? extended.Will,
            Defaults = Merged(extended.Defaults, own.Defaults, variable => variable.Key),
            Variables = [.. extended.Variables, .. own.Variables],
        };
        return ModelHashing.Seal(model with { Code = create, CodeType = type });
    }

    private static ImmutableArray<T> Merged<T>(ImmutableArray<T> extended, ImmutableArray<T> own, Func<T, string> name) =>
        [.. extended, .. own.Where(one => extended.All(known => name(known) != name(one)))];

    private DeviceModel? Extended()
    {
        if (_mark.Extends is not { } extends)
        {
            return null;
        }

        var model = BuiltInModels.Find(extends) ?? ModelCatalogue.Find(extends) ?? ModelFile.Read(extends, _diagnostics);
        return _diagnostics.HasErrors ? throw new InvalidFileException([.. _diagnostics]) : model;
    }

    // JSON is YAML.
    private string Text(DeviceModel? extended, StandIn instance)
    {
        var model = new Dictionary<string, object> { ["model"] = _mark.Name ?? StandInTypes.Kebab(type.Name) };
        Put(model, "properties", _shape.Properties.Where(one => extended is null || extended.IndexOfProperty(one.Name) < 0).ToDictionary(one => one.Name, one => (object)Property(one.Property, instance)));
        Put(model, "commands", _shape.Commands.ToDictionary(one => one.Key, one => (object)Command(one.Value)));
        Put(model, "receives", _shape.Receivers.ToDictionary(one => one.Key, one => (object)Receive(one.Value)));
        Put(model, "telemetry", _shape.Readings.ToDictionary(one => one.Key, one => (object)new { every = one.Value.GetCustomAttribute<TelemetryAttribute>()!.Every, value = 0 }));
        if (_mark.Events.Length > 0)
        {
            model["events"] = _mark.Events;
        }

        if (type.GetCustomAttribute<WillAttribute>() is { } will)
        {
            model["will"] = new { topic = will.Topic, payload = new { text = will.Payload }, retain = will.Retain };
        }

        return JsonSerializer.Serialize(model, Relaxed);
    }

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static void Put(Dictionary<string, object> model, string key, Dictionary<string, object> entries)
    {
        if (entries.Count > 0)
        {
            model[key] = entries;
        }
    }

    private static Dictionary<string, object> Property(PropertyInfo property, StandIn instance)
    {
        var written = (Dictionary<string, object>)StandInTypes.Of(property.PropertyType);
        var initial = StandInTypes.FromClr(property.GetValue(instance));
        if (!initial.IsNull)
        {
            written["initial"] = JsonSerializer.Deserialize<JsonElement>(initial.ToJsonBytes());
        }

        return written;
    }

    private static Dictionary<string, object> Command(MethodInfo method)
    {
        var command = new Dictionary<string, object>();
        Put(command, "args", method.GetParameters().ToDictionary(parameter => parameter.Name!, parameter => (object)Parameter(parameter)));
        if (method.GetCustomAttribute<CommandAttribute>()!.Takes is { } takes)
        {
            command["takes"] = takes;
        }

        return command;
    }

    private static Dictionary<string, object> Parameter(ParameterInfo parameter)
    {
        var written = (Dictionary<string, object>)StandInTypes.Of(parameter.ParameterType);
        if (parameter.HasDefaultValue && parameter.DefaultValue is not null)
        {
            written["default"] = JsonSerializer.Deserialize<JsonElement>(StandInTypes.FromClr(parameter.DefaultValue).ToJsonBytes());
        }
        else if (parameter.HasDefaultValue || StandInTypes.MayBeLeftOut(parameter.ParameterType))
        {
            written["optional"] = true;
        }

        return written;
    }

    private static Dictionary<string, object> Receive(MethodInfo method)
    {
        var mark = method.GetCustomAttribute<ReceivesAttribute>()!;
        var receive = new Dictionary<string, object> { ["topic"] = mark.Topic };
        if (mark.Shared)
        {
            receive["shared"] = true;
        }

        return receive;
    }
}
