using IotMqtt.Models.Devices;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs;

/// <summary>What a run of a program is given from outside: its parameters and the environment variables that it reads.</summary>
/// <param name="Parameters">All of its parameters, defaults applied: <c>params</c>.</param>
/// <param name="Environment">The environment variables that it and the programs that it runs name, no others: <c>env</c>.</param>
public sealed record ProgramInputs(ValueMap Parameters, ValueMap Environment)
{
    /// <summary>Binds the inputs of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="set">Its parameters as texts, as <c>--set name=value</c> gives them: anything but text is written as JSON.</param>
    /// <param name="environment">Looks an environment variable up; null: it is not set.</param>
    /// <param name="diagnostics">Gets every parameter that is missing, unknown or of another type, and every variable that is not set.</param>
    /// <param name="needsAll">Whether a parameter that is not given and has no default is an error; where not, it is null.</param>
    public static ProgramInputs Bind(
        DeviceProgram program, IEnumerable<KeyValuePair<string, string>> set, Func<string, string?> environment, DiagnosticBag diagnostics,
        bool needsAll = true)
    {
        var given = new ValueMap.Builder();
        var wrongOnes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in set)
        {
            if (program.Parameters.FirstOrDefault(known => known.Name == name) is not { } parameter)
            {
                var known = program.Parameters.Select(known => known.Name).ToArray();
                diagnostics.Error(Place(name), $"{program.Name} has no parameter \"{name}\"", known.Length == 0 ? "it has none" : Suggest.For(name, known));
            }
            else if (parameter.Type.Check(Typed(text, parameter.Type)) is { } wrong)
            {
                diagnostics.Error(Place(name), $"the parameter {name} {wrong}");
                wrongOnes.Add(name);
            }
            else
            {
                given.Set(name, Typed(text, parameter.Type));
            }
        }

        return Bind(program, given.Build(), environment, diagnostics, name => needsAll && !wrongOnes.Contains(name));
    }

    /// <summary>Binds the inputs of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="environment">Looks an environment variable up; null: it is not set.</param>
    /// <param name="diagnostics">Gets every parameter that is missing, unknown or of another type, and every variable that is not set.</param>
    public static ProgramInputs Bind(DeviceProgram program, ValueMap parameters, Func<string, string?> environment, DiagnosticBag diagnostics) =>
        Bind(program, parameters, environment, diagnostics, _ => true);

    private static ProgramInputs Bind(
        DeviceProgram program, ValueMap parameters, Func<string, string?> environment, DiagnosticBag diagnostics, Func<string, bool> needs)
    {
        var bound = new ValueMap.Builder();
        foreach (var parameter in program.Parameters)
        {
            var isGiven = parameters.TryGet(parameter.Name, out var value);
            if (isGiven && parameter.Type.Check(value) is { } wrong)
            {
                diagnostics.Error(Place(parameter.Name), $"the parameter {parameter.Name} {wrong}");
            }
            else if (!isGiven && parameter.Default is null && needs(parameter.Name))
            {
                diagnostics.Error(program.At, $"{program.Name} needs the parameter \"{parameter.Name}\"", $"give it: --set {parameter.Name}=…");
            }

            bound.Set(parameter.Name, isGiven ? value : parameter.Default ?? Value.Null);
        }

        return new(bound.Build(), EnvironmentOf(program, environment, diagnostics));
    }

    private static ValueMap EnvironmentOf(DeviceProgram program, Func<string, string?> environment, DiagnosticBag diagnostics)
    {
        var variables = new ValueMap.Builder();
        foreach (var path in NodeExpressions.OfAll(program).SelectMany(expression => expression.Paths))
        {
            if (path.IsDevice || path.Root.Name != "env")
            {
                continue;
            }

            if (path.Members.IsEmpty)
            {
                diagnostics.Error(path.Root.At, "env alone is nothing", "write env.NAME, the name as it is");
            }
            else if (environment(path.Members[0].Name) is { } text)
            {
                variables.Set(path.Members[0].Name, Value.Of(text));
            }
            else
            {
                diagnostics.Error(path.Members[0].At, $"the environment variable {path.Members[0].Name} is not set");
            }
        }

        return variables.Build();
    }

    private static Value Typed(string text, DataType type) => type.FromText(text);

    private static SourcePosition Place(string name) => new($"--set {name}", 0, 0);
}
