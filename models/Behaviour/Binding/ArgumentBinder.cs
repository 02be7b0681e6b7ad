using IotMqtt.Models.Devices;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Behaviour.Binding;

/// <summary>Arguments as they came, made into what a command's expressions see: checked, completed, in the order of the model.</summary>
internal static class ArgumentBinder
{
    /// <summary>Binds arguments.</summary>
    /// <returns>All that is wrong with them; null: nothing.</returns>
    public static string? Bind(CommandDefinition command, ValueMap given, out ValueMap bound)
    {
        bound = ValueMap.Empty;
        if (command.Parameters.IsEmpty && given.Count == 0)
        {
            return null;
        }

        List<string> wrong = [];
        var map = new ValueMap.Builder();
        foreach (var parameter in command.Parameters)
        {
            if (given.TryGet(parameter.Name, out var value))
            {
                var mismatch = value.IsNull && parameter.Optional ? null : TypeCheck.Mismatch(parameter.Type, value);
                if (mismatch is not null)
                {
                    wrong.Add($"argument \"{parameter.Name}\" {mismatch}");
                }
            }
            else if (parameter.Default is null && !parameter.Optional)
            {
                wrong.Add($"argument \"{parameter.Name}\" is missing");
            }
            else
            {
                value = parameter.Default ?? Value.Null;
            }

            map.Set(parameter.Name, value);
        }

        FindUnknown(command, given, wrong);
        bound = map.Build();
        return wrong.Count == 0 ? null : string.Join("; ", wrong);
    }

    private static void FindUnknown(CommandDefinition command, ValueMap given, List<string> wrong)
    {
        foreach (var (name, _) in given)
        {
            if (!command.Parameters.Any(parameter => string.Equals(parameter.Name, name, StringComparison.Ordinal)))
            {
                var suggestion = Suggest.For(name, command.Parameters.Select(parameter => parameter.Name));
                wrong.Add($"\"{command.Name}\" has no argument \"{name}\"{(suggestion is null ? "" : $"; {suggestion}")}");
            }
        }
    }
}
