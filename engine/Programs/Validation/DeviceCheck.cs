using IotMqtt.Models.Devices;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs.Validation;

/// <summary>Checks what a program asks of devices: that they are there, and have the commands, readings and events.</summary>
internal sealed class DeviceCheck(CheckContext context, DeviceProgram program, ValueMap parameters)
{
    /// <summary>The devices that a target may be; null: they are not known, or there is none and that has been noted.</summary>
    public IReadOnlyList<DeviceDefinition>? Candidates(DeviceTarget target, CheckScope scope) => target.Kind switch
    {
        TargetKind.Variable => scope.Devices.GetValueOrDefault(target.Name),
        TargetKind.Parameter => Parameter(target),
        _ => Device(target, scope),
    };

    /// <summary>Checks a command with its arguments.</summary>
    public void Command(DoNode act, CheckScope scope)
    {
        foreach (var model in ModelsOf(act.Device, scope))
        {
            if (model.FindCommand(act.Command) is { } command)
            {
                ArgumentCheck.Check(act.With, act.WithAt, command.Parameters, $"{model.Name}.{command.Name}", "argument", act.At, context.Diagnostics);
            }
            else
            {
                context.Diagnostics.Error(
                    act.CommandAt.Or(act.Device.At), $"{model.Name} has no command \"{act.Command}\"", Suggest.For(act.Command, [.. model.Commands.Select(known => known.Name)]));
            }
        }
    }

    /// <summary>Checks the device of a message, and that it has such messages.</summary>
    public void Message(MatchSpec match, CheckScope scope)
    {
        if (match.Device is null)
        {
            return;
        }

        foreach (var model in ModelsOf(match.Device, scope))
        {
            var (kind, names) = match.Kind switch
            {
                MatchKind.Telemetry => ("telemetry", model.Telemetry.Select(reading => reading.Name).ToArray()),
                MatchKind.Event => ("event", model.Events.Select(known => known.Name).ToArray()),
                MatchKind.Received => ("entry of receives", model.Receives.Select(receive => receive.Name).ToArray()),
                MatchKind.Sent => ("entry of sends, and no reply,", model.Sent().ToArray()),
                _ => ("", null),
            };
            if (names is not null && match.Entry is Models.Expressions.ValueTemplate.Constant { Value: { Kind: ValueKind.Text } entry } && !names.Contains(entry.AsText))
            {
                context.Diagnostics.Error(match.EntryAt.Or(match.Device.At), $"{model.Name} has no {kind} \"{entry.AsText}\"", names.Length == 0 ? null : Suggest.For(entry.AsText, names));
            }
        }
    }

    private IEnumerable<DeviceModel> ModelsOf(DeviceTarget target, CheckScope scope) =>
        Candidates(target, scope) is { } devices ? devices.Select(device => device.Model).DistinctBy(model => model.Hash) : [];

    private IReadOnlyList<DeviceDefinition>? Device(DeviceTarget target, CheckScope scope)
    {
        if (context.Fleet.Find(target.Name) is { } device)
        {
            return [device];
        }

        if (context.Fleet.IsPart)
        {
            return null;
        }

        var suggestion = scope.Devices.ContainsKey(target.Name) || !scope.Variables.ContainsKey(target.Name)
            ? context.SuggestDevice(target.Name)
            : $"{target.Name} is a variable: only those of each and for-each stand for devices";
        context.Diagnostics.Error(target.At, $"there is no device \"{target.Name}\" in the fleet {context.Fleet.Name}", suggestion);
        return null;
    }

    private IReadOnlyList<DeviceDefinition>? Parameter(DeviceTarget target)
    {
        var parameter = program.Parameters.FirstOrDefault(known => known.Name == target.Name);
        if (parameter is null)
        {
            context.Diagnostics.Error(
                target.At, $"the program has no parameter \"{target.Name}\"", Suggest.For(target.Name, [.. program.Parameters.Select(known => known.Name)]));
            return null;
        }

        if (parameter.Type.Kind is not (DataTypeKind.Text or DataTypeKind.Enum))
        {
            context.Diagnostics.Error(target.At, $"the parameter {target.Name} is no text: it cannot name a device", $"declare it as params: {{ {target.Name}: text }}");
            return null;
        }

        if (!parameters.TryGet(target.Name, out var value))
        {
            value = parameter.Default ?? default;
        }

        return value.Kind != ValueKind.Text ? null : Device(target with { Name = value.AsText }, value.AsText);
    }

    private IReadOnlyList<DeviceDefinition>? Device(DeviceTarget target, string id)
    {
        if (context.Fleet.Find(id) is { } device)
        {
            return [device];
        }

        if (context.Fleet.IsPart)
        {
            return null;
        }

        context.Diagnostics.Error(target.At, $"there is no device \"{id}\" in the fleet {context.Fleet.Name}", context.SuggestDevice(id));
        return null;
    }
}
