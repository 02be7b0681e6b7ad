using IotMqtt.Engine.Programs;
using IotMqtt.Models.Reading;
using IotMqtt.Runner.Registry;

namespace IotMqtt.Runner.Tests.Registry;

public sealed class ProgramNeedsTests
{
    [Fact]
    public void Devices_are_found_wherever_a_program_names_them()
    {
        var needs = Read(
            """
            program: test
            steps:
              - parallel:
                  - a.go
                  - [ b.go ]
              - if: c.state.on
                then: d.go
                else: [ { wait: { state: e, where: value.on, within: 5s } } ]
              - do: f.go
                undo: g.go
                expect: { event: h.rang, within: 5s }
                catch: [ i.go ]
                finally: [ j.go ]
              - fault: { on: [k], latency: 2s }
              - each: { model: thing }
                as: d
                steps: [ d.go, l.go ]
            """);

        Assert.Equal(["a", "b", "d", "e", "f", "g", "h", "i", "j", "k", "l"], needs.Devices.Order());
        Assert.Contains("c", needs.Names);
        Assert.True(needs.States);
        Assert.Equal("thing", Assert.Single(needs.Selections).Model);
    }

    [Fact]
    public void States_are_not_needed_by_a_program_that_looks_at_none()
    {
        var needs = Read(
            """
            program: test
            steps:
              - a.go
              - wait: { topic: acme/announce, where: value.hello, within: 5s }
            """);

        Assert.False(needs.States);
    }

    private static ProgramNeeds Read(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        return ProgramNeeds.Of(ProgramFile.Parse(yaml, "test.yaml", diagnostics) ?? throw new FormatException(string.Join('\n', diagnostics)));
    }
}
