using System.Collections.Immutable;
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
            "p.yaml:3:11: error: no step is called \"shutdown\"; a step has one of: do, sequence, parallel, each, if, repeat, while, until, for-each, wait, delay, assert, set, run, publish, http, exec, fault, log, fail",
        ],
        Load(
            ("p.yaml", "program: p\nfleet: f.yaml\nsteps: [{ shutdown: speaker }]\n"),
            ("f.yaml", "fleet: f\ndevices: [{ id: speaker, model: smart-speker }]\n")));

    [Fact]
    public void A_fleet_that_is_wrong_hides_nothing_that_is_wrong_with_the_program() => Assert.Equal(
        [
            "f.yaml:4:11: error: \"toilet 1\" cannot be the id of a device: a name has letters, digits, - and _ only, at most 128 of them; write toilet-1",
            "f.yaml:6:11: error: the value is empty; write a value, or remove the key; an empty text is \"\", an empty list is [], an empty mapping is {}",
            "p.yaml:5:13: error: smart-speaker has no command \"plaay\"; did you mean \"play\"?",
            "p.yaml:9:20: error: no property `b` on params; there is: a",
        ],
        Load(
            ("p.yaml", "program: p\nfleet: f.yaml\nparams: { a: { type: text, default: x } }\nsteps:\n  - speaker.plaay\n  - toilet-1.flush\n  - each: smart-toilet\n    steps: [ d.flush ]\n  - log: \"${params.b}\"\n"),
            ("f.yaml", "fleet: f\ndevices:\n  - { id: speaker, model: smart-speaker }\n  - { id: toilet 1, model: smart-toilet }\nfaults:\n  - label:\n    on-devices: toilet-1\n    hang: 5%\n")));

    [Fact]
    public void A_fleet_that_cannot_be_read_hides_nothing_that_can_be_told_without_it() => Assert.Equal(
        [
            "f.yaml:1:8: error: the [ that stands here is not closed; write ] where it ends; text that begins with [ goes in quotes",
            "p.yaml:4:20: error: no property `song` on params",
        ],
        Load(("p.yaml", "program: p\nfleet: f.yaml\nsteps:\n  - log: \"${params.song}\"\n  - speaker.plaay\n"), ("f.yaml", "fleet: [ a\n")));

    [Fact]
    public void A_parameter_that_is_given_wrongly_is_not_missing_too() => Assert.Equal(
        ["--set n: error: the parameter n must be an integer, but was \"abc\"", "p.yaml:3:37: error: default must be an integer, but was \"x\""],
        Load(
            [KeyValuePair.Create("n", "abc")],
            ("p.yaml", "program: p\nfleet: f.yaml\nparams: { n: integer, m: { default: x, type: integer } }\nsteps: [ a.switch-on ]\n"),
            ("f.yaml", "fleet: f\ndevices: [ { id: a, model: hue-light } ]\n")));

    [Fact]
    public void An_optional_parameter_is_null_where_it_is_not_given()
    {
        var @case = new ErrorCase("", "", [KeyValuePair.Create("p.yaml", "program: p\nparams: { song: { type: text, optional: true } }\nsteps: [ { log: \"${params.song}\" } ]\n")], [], []);

        var errors = @case.Diagnose((path, diagnostics) => Assert.True(
            ProgramLoader.Load(new() { Path = path, NeedsFleet = false }, diagnostics)?.Inputs.Parameters["song"].IsNull));

        Assert.Empty(errors);
    }

    private static IReadOnlyList<string> Load(params (string Name, string Text)[] files) => Load([], files);

    private static IReadOnlyList<string> Load(ImmutableArray<KeyValuePair<string, string>> set, params (string Name, string Text)[] files)
    {
        var @case = new ErrorCase("", "", [.. files.Select(file => KeyValuePair.Create(file.Name, file.Text))], [], []);
        return @case.Diagnose((path, diagnostics) => Assert.Null(ProgramLoader.Load(new() { Path = path, Set = set }, diagnostics)));
    }
}
