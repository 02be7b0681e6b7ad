using System.Collections.Immutable;
using IotMqtt.Models.Values;

namespace IotMqtt.Models.Devices;

/// <summary>The arguments of a command as its device sees them: defaults filled in, what may be left out null.</summary>
/// <param name="Arguments">All of the command's arguments, in the order of its model; complete only where there are no problems.</param>
/// <param name="Problems">Everything that is wrong.</param>
internal readonly record struct ArgumentBinding(ValueMap Arguments, ImmutableArray<ArgumentProblem> Problems)
{
    /// <summary>Whether anything is wrong.</summary>
    public bool Failed => !Problems.IsEmpty;

    /// <summary>Everything that is wrong, in one sentence; null where nothing is.</summary>
    public string? Error => Failed ? string.Join("; ", Problems) : null;

    /// <summary>Checks the arguments of a command and fills in its defaults.</summary>
    public static ArgumentBinding Bind(CommandDefinition command, ValueMap arguments)
    {
        var problems = ImmutableArray.CreateBuilder<ArgumentProblem>();
        foreach (var (name, _) in arguments.Entries)
        {
            if (command.FindParameter(name) is null)
            {
                problems.Add(command.UnknownArgument(name));
            }
        }

        if (command.Parameters.IsEmpty)
        {
            return new(ValueMap.Empty, problems.DrainToImmutable());
        }

        var bound = new ValueMap.Builder();
        foreach (var parameter in command.Parameters)
        {
            // JSON has no undefined: a null stands for what is left out.
            var given = arguments.TryGet(parameter.Name, out var value) && !value.IsNull;
            if (given && parameter.Type.Check(value) is { } wrong)
            {
                problems.Add(new(parameter.Name, $"{parameter.Name} {wrong}", null));
            }
            else if (!given && parameter.IsRequired)
            {
                problems.Add(command.MissingArgument(parameter));
            }

            bound.TryAdd(parameter.Name, given ? value : parameter.Default ?? Value.Null);
        }

        return new(bound.Build(), problems.DrainToImmutable());
    }
}

/// <summary>One thing that is wrong with the arguments of a command.</summary>
/// <param name="Argument">Which argument.</param>
/// <param name="Message">What is wrong, such as <c>brightness must be an integer from 0 to 254, but was 300</c>.</param>
/// <param name="Suggestion">What to write instead, where there is something.</param>
internal sealed record ArgumentProblem(string Argument, string Message, string? Suggestion)
{
    /// <inheritdoc/>
    public override string ToString() => Suggestion is null ? Message : $"{Message} ({Suggestion})";
}
