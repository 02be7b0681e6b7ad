using IotMqtt.Engine.Programs;

namespace IotMqtt.Engine.Tests.Programs;

public sealed class ProgramLoaderTests
{
    [Fact]
    public void Errors_of_structure_fleet_parameters_and_devices_are_reported_at_once()
    {
        var errors = Load(
            ("p.yaml", "program: p\nfleet: f.yaml\nparams: { song: text }\nsteps:\n  - dealy: 5s\n  - speeker.play\n  - log: \"${count}\"\n"),
            ("f.yaml", "fleet: f\ndevices: [{ id: speaker, model: smart-speaker }]\n"));
        Assert.Equal(
            [
                "p.yaml:1:1: error: p needs the parameter \"song\"; give it: --set song=…",
                "p.yaml:5:5: error: no step is called \"dealy\"; did you mean \"delay\"?",
                "p.yaml:6:5: error: there is no device \"speeker\" in the fleet f; did you mean \"speaker\"?",
            ],
            errors);
    }

    [Fact]
    public void A_fleet_file_that_is_not_there_is_named_where_it_is_written() => Assert.Equal(
        ["p.yaml:2:8: error: there is no fleet file hoem.yaml; did you mean \"home.yaml\"?"],
        Load(("p.yaml", "program: p\nfleet: hoem.yaml\nsteps: [speaker.stop]\n"), ("home.yaml", "")));

    [Fact]
    public void A_program_without_a_fleet_says_what_to_do() => Assert.Equal(
        ["p.yaml:1:1: error: the program p names no fleet; add \"fleet: FILE\" at its top, or give --fleet FILE"],
        Load(("p.yaml", "program: p\nsteps: [speaker.stop]\n")));

    [Fact]
    public void Errors_of_the_fleet_are_reported_with_those_of_the_program() => Assert.Equal(
        [
            "f.yaml:2:33: error: there is no model \"smart-speker\"; did you mean \"smart-speaker\"?",
            "p.yaml:3:11: error: no step is called \"stop\"; a step has one of: do, sequence, parallel, each, if, repeat, while, until, for-each, wait, delay, assert, set, run, publish, fault, log, fail",
        ],
        Load(
            ("p.yaml", "program: p\nfleet: f.yaml\nsteps: [{ stop: speaker }]\n"),
            ("f.yaml", "fleet: f\ndevices: [{ id: speaker, model: smart-speker }]\n")));

    private static IReadOnlyList<string> Load(params (string Name, string Text)[] files)
    {
        var @case = new ErrorCase("", "", [.. files.Select(file => KeyValuePair.Create(file.Name, file.Text))], [], []);
        return @case.Diagnose((path, diagnostics) => Assert.Null(ProgramLoader.Load(new() { Path = path }, diagnostics)));
    }
}
