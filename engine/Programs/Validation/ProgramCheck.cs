using IotMqtt.Models.Expressions.Checking;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Programs.Validation;

/// <summary>Checks one program, once for each set of parameters that it is given.</summary>
/// <param name="context">The fleet, and where errors go.</param>
/// <param name="program">The program.</param>
/// <param name="parameters">Its parameters, as far as they are known.</param>
internal sealed class ProgramCheck(CheckContext context, DeviceProgram program, ValueMap parameters)
{
    /// <summary>Checks it.</summary>
    public void Check()
    {
        if (!context.IsNew(program, Value.Of(parameters).ToJson()))
        {
            return;
        }

        var ids = StepIds.Collect(program, context.Diagnostics);
        CheckParameters();
        var start = new CheckScope(context, new Dictionary<string, Shape>(StringComparer.Ordinal)
        {
            ["params"] = Shape.Of(program.Parameters.Select(parameter => parameter.Name), "params"),
            ["env"] = Shape.Any,
            ["steps"] = context.IsPart ? Shape.Any : Shape.Of(ids.ToDictionary(id => id, _ => StepShapes.Step, StringComparer.Ordinal), "steps"),
        });
        var check = new StepCheck(context, program, new DeviceCheck(context, program, parameters));
        if (program.Monitors is { } monitors)
        {
            check.Expectations(monitors, start);
        }

        var end = check.Check(program.Steps, start);
        ExpressionCheck.Check(program.Result, end, context.Diagnostics);
    }

    private void CheckParameters()
    {
        foreach (var name in program.Parameters.GroupBy(parameter => parameter.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            context.Diagnostics.Error(program.At, $"there are two parameters \"{name.Key}\"");
        }

        foreach (var parameter in program.Parameters)
        {
            // An optional one is null where it is not given, whatever its type.
            if (parameter.Default is { IsNull: false } fallback && parameter.Type.Check(fallback) is { } wrong)
            {
                context.Diagnostics.Error(program.At, $"the default of the parameter {parameter.Name} {wrong}");
            }
        }
    }
}
