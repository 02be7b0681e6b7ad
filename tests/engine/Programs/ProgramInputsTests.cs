using IotMqtt.Engine.Programs;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;

namespace IotMqtt.Engine.Tests.Programs;

public sealed class ProgramInputsTests
{
    private const string Program =
        """
        program: p
        params:
          song: text
          volume: { type: integer, min: 0, max: 10, default: 5 }
          loud: { type: boolean, optional: true }
        steps:
          - log: "${env.HOUSE} ${params.song}"
          - assert: env.FLOOR == '1'
        """;

    [Fact]
    public void Texts_become_values_of_the_declared_types_and_defaults_fill_the_rest()
    {
        var (inputs, errors) = Bind([new("song", "5"), new("loud", "true")], name => $"{name} is set");
        Assert.Empty(errors);
        Assert.Equal(ValueMap.Of(("song", Value.Of("5")), ("volume", Value.Of(5)), ("loud", Value.True)), inputs.Parameters);
        Assert.Equal(ValueMap.Of(("HOUSE", Value.Of("HOUSE is set")), ("FLOOR", Value.Of("FLOOR is set"))), inputs.Environment);
    }

    [Fact]
    public void Everything_that_is_missing_unknown_or_of_another_type_is_said_at_once()
    {
        var (_, errors) = Bind([new("volume", "11"), new("colour", "red"), new("loud", "yes")], name => name == "HOUSE" ? "a" : null);
        Assert.Equal(
            [
                "--set colour: error: p has no parameter \"colour\"; there is: song, volume, loud",
                "--set loud: error: the parameter loud must be true or false, but was \"yes\"",
                "--set volume: error: the parameter volume must be an integer from 0 to 10, but was 11",
                "p.yaml:1:1: error: p needs the parameter \"song\"; give it: --set song=…",
                "p.yaml:8:17: error: the environment variable FLOOR is not set",
            ],
            errors);
    }

    private static (ProgramInputs Inputs, IEnumerable<string> Errors) Bind(KeyValuePair<string, string>[] set, Func<string, string?> environment)
    {
        var diagnostics = new DiagnosticBag();
        var program = ProgramFile.Parse(Program, "p.yaml", diagnostics);
        return (ProgramInputs.Bind(program!, set, environment, diagnostics), diagnostics.Select(error => error.ToString()));
    }
}
