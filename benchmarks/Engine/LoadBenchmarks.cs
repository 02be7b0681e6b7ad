using System.Text;
using BenchmarkDotNet.Attributes;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;

namespace IotMqtt.Benchmarks.Engine;

/// <summary>How long it takes to read a program of 10,000 lines and to check it against a fleet of 1,000 devices.</summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    private const int Lines = 10_000;

    private string _text = "";
    private FleetDefinition _fleet = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _text = Text();
        _fleet = FleetFile.Parse(
            "fleet: f\ndevices: [{ id: \"speaker-${n}\", model: smart-speaker, count: 1000 }]\n", "fleet.yaml", new(), new())!;
    }

    /// <summary>Reading alone.</summary>
    [Benchmark]
    public DeviceProgram? Read() => ProgramFile.Parse(_text, "long.yaml", new());

    /// <summary>Reading and checking.</summary>
    [Benchmark]
    public int ReadAndValidate()
    {
        var diagnostics = new DiagnosticBag();
        ProgramValidator.Validate(ProgramFile.Parse(_text, "long.yaml", diagnostics)!, _fleet, diagnostics);
        return diagnostics.HasErrors ? throw new InvalidOperationException(string.Join('\n', diagnostics)) : diagnostics.Count;
    }

    /// <summary>A program of so many lines: commands with arguments, conditions, expectations, variables.</summary>
    private static string Text()
    {
        var text = new StringBuilder("program: long\nsteps:\n");
        for (var (line, device) = (2, 1); line + 10 <= Lines; line += 10, device = 1 + (device % 1000))
        {
            text.Append(
                $$"""
                  - parallel:
                      - speaker-{{device}}.switch-on
                      - do: speaker-{{device}}.play
                        with: { song: "Song ${count} of {{device}}" }
                        when: device('speaker-{{device}}').state.power && count < 3
                        timeout: 10s
                        expect: { state: speaker-{{device}}, where: value.playing, within: 5s }
                  - set: { count: "${Math.min(3, {{device}})}" }
                  - if: device('speaker-{{device}}').state.song != ''
                    then: [speaker-{{device}}.stop]

                """);
        }

        return text.Replace("program: long\nsteps:\n", "program: long\nsteps:\n  - set: { count: 0 }\n").ToString();
    }
}
