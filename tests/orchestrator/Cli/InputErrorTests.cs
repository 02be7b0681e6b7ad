namespace IotMqtt.Orchestrator.Tests.Cli;

public sealed class InputErrorTests : CliTest
{
    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_with_its_place_and_a_suggestion()
    {
        var program = WriteProgram(
            """
              - bedroom-lihgt.switch-on
              - speaker.plaay
              - do: speaker.play
                with: { volume: 11 }
            """);

        var result = await RunAsync("run", program, "--dry-run");

        Assert.Equal(2, result.Code);
        Assert.Empty(result.Output);
        Assert.Contains("wake-up.yaml:4:5: error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("bedroom-light", result.Error, StringComparison.Ordinal);
        Assert.Contains("wake-up.yaml:5:13: error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("\"play\"", result.Error, StringComparison.Ordinal);
        Assert.Contains("volume", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("explain")]
    [InlineData("validate")]
    public async Task A_file_that_is_not_there_ends_with_2(string command)
    {
        var result = await RunAsync(command, Path.Combine(Folder, "no.yaml"));

        Assert.Equal(2, result.Code);
        Assert.Contains("no.yaml", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_without_a_fleet_says_how_to_name_one()
    {
        var result = await RunAsync("run", Write("lonely.yaml", "program: lonely\nsteps:\n  - delay: 1s\n"), "--dry-run");

        Assert.Equal(2, result.Code);
        Assert.Contains("--fleet", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_says_what_each_file_is_and_everything_that_is_wrong_with_all()
    {
        var good = WriteWakeUp();
        var home = WriteHome();
        var model = Write("thing.yaml", "model: thing\ncommands:\n  ping: { takes: 1ms }\n");
        var bad = WriteProgram("  - speaker.plaay", "bad");
        var strange = Write("strange.yaml", "something: else\n");

        var result = await RunAsync("validate", good, home, model, bad, strange);

        Assert.Equal(2, result.Code);
        Assert.Contains("✓ wake-up.yaml: the program wake-up, 3 commands\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("✓ home.yaml: the fleet home, 3 devices\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("✓ thing.yaml: the model thing, 1 command\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("bad.yaml:4:13: error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("strange.yaml:1:1: error: this is no program, no fleet and no model; begin it with", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "1:1: error: the file is empty")]
    [InlineData("{", "1:1: error: the { that stands here is not closed")]
    [InlineData("just text", "1:1: error: this is no program, no fleet and no model")]
    [InlineData("Program: p\nFleet: home.yaml\nSteps: [ { delay: 1s } ]\n", "1:1: error: a program has no key \"Program\"; did you mean \"program\"?")]
    [InlineData("programm: p\nfleet: home.yaml\nsteps: [ { delay: 1s } ]\n", "1:1: error: a program has no key \"programm\"; did you mean \"program\"?")]
    [InlineData("fleet: f\ndevcies: []\n", "2:1: error: a fleet has no key \"devcies\"; did you mean \"devices\"?")]
    [InlineData("modle: m\ncommands: {}\n", "1:1: error: a model has no key \"modle\"; did you mean \"model\"?")]
    public async Task Validate_knows_a_file_by_its_keys_even_where_they_are_wrong(string text, string error)
    {
        WriteHome();

        var result = await RunAsync("validate", Write("file.yaml", text));

        Assert.Equal(2, result.Code);
        Assert.Contains($"file.yaml:{error}", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_says_structure_fleet_and_devices_at_once_and_of_each_program_that_uses_a_wrong_fleet()
    {
        var one = WriteProgram("  - dealy: 5s\n  - speaker.plaay", "one");
        var two = WriteProgram("  - speaker.switch-on", "two");
        Write("home.yaml", "fleet: home\ndevices:\n  - { id: speaker, model: smart-speaker }\n  - { id: a b, model: hue-light }\n");

        var result = await RunAsync("validate", one, two);

        Assert.Equal(2, result.Code);
        Assert.Empty(result.Output);
        Assert.Contains("home.yaml:4:11: error: \"a b\" cannot be the id of a device", result.Error, StringComparison.Ordinal);
        Assert.Contains("one.yaml:4:5: error: no step is called \"dealy\"", result.Error, StringComparison.Ordinal);
        Assert.Contains("one.yaml:5:13: error: smart-speaker has no command \"plaay\"", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_does_not_ask_for_parameters_but_for_environment_variables()
    {
        WriteHome();
        var program = Write("p.yaml", "program: p\nfleet: home.yaml\nparams: { song: text }\nsteps:\n  - do: speaker.play\n    with: { song: \"${params.song}\" }\n");
        var other = Write("q.yaml", "program: q\nfleet: home.yaml\nsteps: [ { log: \"${env.NOT_SET_ANYWHERE}\" } ]\n");

        Assert.Equal(0, (await RunAsync("validate", program)).Code);
        Assert.Contains("q.yaml:3:24: error: the environment variable NOT_SET_ANYWHERE is not set", (await RunAsync("validate", other)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_prints_the_plan_and_its_ideal_critical_path()
    {
        var result = await RunAsync("explain", WriteWakeUp());

        Assert.Equal(0, result.Code);
        Assert.StartsWith("wake-up on home, 3 devices\n└─ parallel\n   ├─ bedroom-light.switch-on", result.Output, StringComparison.Ordinal);
        Assert.Contains("ideal critical path ◆ 1.000 s\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("song: Never Gonna Give You Up", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_what_options_say_what_variables_take_and_where_time_passes()
    {
        var result = await RunAsync("explain", WriteProgram(
            """
              - each: hue-light
                where: "!d.state.power"
                concurrency: 5
                batches: [1, 50%]
                gate: [ delay: 2s ]
                tolerate: 10%
                steps:
                  - do: d.switch-on
                    id: light
                    retry: { attempts: 3 }
                    expect: { state: d, where: value.power, within: 1s }
              - fault: { on: toilet, duplicate: 30% }
              - until: toilet.state.bowl == 'clean'
                steps: [toilet.flush, toilet.clean]
            """));

        Assert.Contains("├─ each hue-light  where !d.state.power · 5 at a time · batches 1, 50% · tolerate 10%\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("│  ├─ light: d.switch-on                              500ms  up to 3 attempts · expect state d where value.power within 1s\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("│  └─ gate\n│     └─ delay 2s\n├─ fault on toilet  duplicate 30%\n└─ until toilet.state.bowl == 'clean'\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("ideal critical path ◆ 1.500 s\n    0.000  bedroom-light.switch-on  500 ms\n    0.500  toilet.flush  500 ms\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_says_what_can_be_typed_as_it_is() =>
        Assert.Contains("iotmqtt run \"my home/programs/good-night.yaml\"\n", (await RunAsync("init", Path.Combine(Folder, "my home"))).Output, StringComparison.Ordinal);

    [Fact]
    public async Task Init_writes_what_runs_and_overwrites_nothing()
    {
        var home = Path.Combine(Folder, "first");

        var first = await RunAsync("init", home);
        var second = await RunAsync("init", home);
        var valid = await RunAsync("validate", Path.Combine(home, "programs/good-night.yaml"), Path.Combine(home, "fleets/home.yaml"), Path.Combine(home, "models/door-lock.yaml"));
        var run = await RunAsync("run", Path.Combine(home, "programs/good-night.yaml"), "--dry-run");

        Assert.Equal(0, first.Code);
        Assert.Contains("iotmqtt run first/programs/good-night.yaml", first.Output, StringComparison.Ordinal);
        Assert.Equal(2, second.Code);
        Assert.Equal(6, second.Error.Split('\n').Count(line => line.Contains("is there already", StringComparison.Ordinal)));
        Assert.True(valid.Code == 0, valid.Error);
        Assert.True(run.Code == 0, run.Error);
    }
}
