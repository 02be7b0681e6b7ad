using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices.External;
using IotMqtt.Models.Devices.Messages;
using IotMqtt.Models.Devices.Reading;
using IotMqtt.Models.Expressions;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices;

/// <summary>
/// The canonical JSON of a model: what <c>models/{hash}</c> carries. It is the model file again, defaults written out; so whoever
/// reads it gets an equal model, without the file. DESIGN section 4.
/// </summary>
internal static class ModelJson
{
    /// <summary>Writes a model as UTF-8 JSON; equal models are written with equal bytes.</summary>
    public static byte[] Write(DeviceModel model) => ToValue(model).ToJsonBytes();

    /// <summary>Reads a model.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="model">The model.</param>
    /// <param name="error">What is wrong where it is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, out DeviceModel? model, out string? error)
    {
        model = null;
        if (!Value.TryParseJson(json, out var value, out error))
        {
            return false;
        }

        var diagnostics = new DiagnosticBag();
        model = YamlNodes.Of(value, "(model)", diagnostics) is { } root ? ModelReader.Read(root, diagnostics) : null;
        if (!diagnostics.HasErrors && model is not null)
        {
            return true;
        }

        error = string.Join("; ", diagnostics.Select(diagnostic => diagnostic.Suggestion is null ? diagnostic.Message : $"{diagnostic.Message} ({diagnostic.Suggestion})"));
        model = null;
        return false;
    }

    private static Value ToValue(DeviceModel model)
    {
        var map = new ValueMap.Builder();
        map.Set("model", Value.Of(model.Name));
        Add(map, "vars", model.Defaults, variable => variable.Key, variable => TemplateText.Write(variable.Value));
        Add(map, "properties", model.Properties, property => property.Name, property => Typed(property.Type, ("initial", property.Initial)));
        Add(map, "commands", [.. model.Commands.Where(command => !command.IsTrigger)], command => command.Name, command => Command(model, command));
        Add(map, "telemetry", model.Telemetry, reading => reading.Name, Reading);
        if (model.Events.Any(known => known.Message is not null))
        {
            Add(map, "events", model.Events, known => known.Name, known => Value.Of(MessageJson.Message(known.Message).Build()));
        }
        else if (!model.Events.IsEmpty)
        {
            map.Set("events", Value.Of([.. model.Events.Select(known => Value.Of(known.Name))]));
        }

        Add(map, "receives", model.Receives, receive => receive.Name, receive => MessageJson.Receive(model, receive));
        Add(map, "sends", model.Sends, send => send.Name, send => Send(model, send));
        if (model.Will is { } will)
        {
            map.Set("will", Value.Of(MessageJson.Message(will).Build()));
        }

        if (!model.Births.IsEmpty)
        {
            map.Set("birth", Value.Of([.. model.Births.Select(birth => Value.Of(MessageJson.Message(birth).Build()))]));
        }

        if (model.IsExternal)
        {
            map.Set("external", Value.True);
            if (!model.Online.IsEmpty)
            {
                map.Set("online", Value.Of([.. model.Online.Select(ExternalJson.Online)]));
            }
        }

        if (model.Concurrency != 1)
        {
            map.Set("concurrency", Value.Of((long)model.Concurrency));
        }

        return Value.Of(map.Build());
    }

    private static Value Reading(TelemetryDefinition reading)
    {
        var map = MessageJson.Message(reading.Message);
        map.Set("every", Duration(reading.Every));
        map.Set("value", TemplateText.Write(reading.Value));
        return Value.Of(map.Build());
    }

    private static Value Send(DeviceModel model, SendDefinition send)
    {
        var map = MessageJson.Message(send.Message);
        if (model.FindCommand(send.Name) is { IsTrigger: true } trigger)
        {
            AddParameters(map, trigger);
        }

        if (send.Every is { } every)
        {
            map.Set("every", Duration(every));
        }

        if (!send.OnChange.IsEmpty)
        {
            map.Set("on-change", Value.Of([.. send.OnChange.Select(slot => Value.Of(model.Properties[slot].Name))]));
        }

        return Value.Of(map.Build());
    }

    private static void AddParameters(ValueMap.Builder map, CommandDefinition command) =>
        Add(map, "args", command.Parameters, parameter => parameter.Name, parameter => Typed(
            parameter.Type,
            ("default", parameter.Default),
            ("optional", parameter.Optional ? Value.True : null)));

    private static Value Command(DeviceModel model, CommandDefinition command)
    {
        var map = new ValueMap.Builder();
        AddParameters(map, command);
        map.Set("takes", Duration(command.Takes));
        if (command.Requires is { } requires)
        {
            map.Set("requires", Value.Of(requires.Source));
        }

        if (command.Otherwise is { } otherwise)
        {
            map.Set("otherwise", Value.Of(otherwise));
        }

        Add(map, "set", command.Set, assignment => model.Properties[assignment.Property].Name, assignment => TemplateText.Write(assignment.Value));
        if (command.Result is { } result)
        {
            map.Set("result", TemplateText.Write(result));
        }

        Add(map, "emits", command.Emits, emission => emission.Event, emission => TemplateText.Write(emission.With));
        if (!command.Sends.IsEmpty)
        {
            map.Set("sends", Value.Of([.. command.Sends.Select(Value.Of)]));
        }

        ExternalJson.Add(map, command);
        return Value.Of(map.Build());
    }

    internal static void Add<T>(ValueMap.Builder map, string key, IReadOnlyCollection<T> items, Func<T, string> name, Func<T, Value> value)
    {
        if (items.Count > 0)
        {
            var nested = new ValueMap.Builder();
            foreach (var item in items)
            {
                nested.Set(name(item), value(item));
            }

            map.Set(key, Value.Of(nested.Build()));
        }
    }

    private static Value Typed(DataType type, params ReadOnlySpan<(string Name, Value? Value)> others)
    {
        var map = new ValueMap.Builder();
        if (type.Kind == DataTypeKind.Enum)
        {
            map.Set("enum", Value.Of([.. type.Options.Select(Value.Of)]));
        }
        else
        {
            map.Set("type", Value.Of(type.Kind.ToString().ToLowerInvariant()));
        }

        if (type.Min is { } min)
        {
            map.Set("min", Value.Of(min));
        }

        if (type.Max is { } max)
        {
            map.Set("max", Value.Of(max));
        }

        foreach (var (name, value) in others)
        {
            if (value is { } given)
            {
                map.Set(name, given);
            }
        }

        return Value.Of(map.Build());
    }

    internal static Value Duration(DurationSpec duration) => duration switch
    {
        DurationSpec.Fixed @fixed => Value.Of(DurationText.Format(@fixed.Value)),
        DurationSpec.Uniform uniform => Value.Of($"{DurationText.Format(uniform.Min)}..{DurationText.Format(uniform.Max)}"),
        DurationSpec.Normal normal => Value.Of(ValueMap.Of(("normal", Value.Of(ValueMap.Of(
            ("mean", Value.Of(DurationText.Format(normal.MeanValue))),
            ("sd", Value.Of(DurationText.Format(normal.StandardDeviation)))))))),
        _ => throw new InvalidOperationException($"unknown duration {duration}"),
    };
}
