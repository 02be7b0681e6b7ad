using IotMqtt.Engine.Programs;
using IotMqtt.Models.Chance;
using IotMqtt.Models.Devices;
using IotMqtt.Models.Faults;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Engine.Tests.Programs;

/// <summary>What is written in YAML and what is built in C# are equal trees.</summary>
public sealed class TwinTests
{
    [Fact]
    public void Wake_up() => Equal(
        """
        program: wake-up
        steps:
          - parallel:
              - bedroom-light.switch-on
              - sequence:
                  - speaker.switch-on
                  - do: speaker.play
                    with: { song: "Never Gonna Give You Up" }
        """,
        DeviceProgram.Create("wake-up", Parallel(
            Do("bedroom-light.switch-on"),
            Sequence(
                Do("speaker.switch-on"),
                Do("speaker.play", new { song = "Never Gonna Give You Up" })))));

    [Fact]
    public void Calls_of_the_system_under_test() => Equal(
        """
        program: calls
        steps:
          - http: { post: "http://sut/units/${params.unit}/reboot", headers: { x-key: k }, body: { force: true }, status: 202, where: value.ok }
            retry: { attempts: 2 }
          - http: { get: "http://sut/" }
          - exec: [node, query.js, "${params.unit}"]
        params: { unit: text }
        """,
        DeviceProgram.Create(
            "calls",
            Http("POST", "http://sut/units/${params.unit}/reboot", body: new { force = true }, where: "value.ok", headers: new Dictionary<string, object> { ["x-key"] = "k" }, status: 202).WithRetry(2),
            Http("GET", "http://sut/"),
            Exec("node", "query.js", "${params.unit}")).WithParameter("unit", new DataType { Kind = DataTypeKind.Text }));

    [Fact]
    public void Monitors_counts_and_order() => Equal(
        """
        program: watched
        monitors:
          expect: { topic: lab/# }
          never: { topic: lab/siren, where: value == 'on' }
          gapless: { topic: lab/+/up, counter: value.n, per: topic }
        steps:
          - publish: lab/go
            expect:
              - { topic: lab/a, within: 5s, count: { min: 1, max: 3 } }
              - { topic: lab/b, within: 5s }
            in-order: true
        """,
        DeviceProgram.Create(
            "watched",
            Publish("lab/go").ExpectBetween(Topic("lab/a"), Seconds(5), 1, 3).Expect(Topic("lab/b"), Seconds(5)).InOrder())
            .WithMonitors([Topic("lab/#")], [Topic("lab/siren", "value == 'on'")], [Gapless(Topic("lab/+/up"), "value.n", "topic")]));

    [Fact]
    public void The_options_of_any_step() => Equal(
        """
        program: p
        step-timeout: 5s
        timeout: 1m
        steps:
          - do: speaker.play
            id: play
            when: speaker.state.power
            timeout: 5s
            retry: { attempts: 3, backoff: linear, initial: 1s, max-delay: 2s, jitter: 0%, when: [unknown], attempt-timeout: 1s }
            undo: { do: speaker.stop, with: { song: "${speaker.state.song}" }, after: [succeeded] }
            catch: { undo: all }
            finally: [speaker.stop, { log: done }]
          - do: speaker.stop
            retry: { attempts: 2 }
            undo: speaker.play
        catch:
          - log: "${error.message}"
        finally: [{ log: over }]
        """,
        (DeviceProgram.Create(
            "p",
            Do("speaker.play")
                .WithId("play")
                .When("speaker.state.power")
                .WithTimeout(Seconds(5))
                .WithRetry(3, policy => policy with
                {
                    Backoff = Backoff.Linear,
                    Initial = Seconds(1),
                    MaxDelay = Seconds(2),
                    Jitter = 0,
                    When = [StepStatus.Unknown],
                    AttemptTimeout = Seconds(1),
                })
                .Undo("speaker.stop", new { song = "${speaker.state.song}" }, StepStatus.Succeeded)
                .Catch(UndoAll())
                .Finally(Do("speaker.stop"), Log("done")),
            Do("speaker.stop").WithRetry(2).Undo("speaker.play")) with
        { StepTimeout = Seconds(5) })
            .WithTimeout(Seconds(60))
            .Catch(Log("${error.message}"))
            .Finally(Log("over")));

    [Fact]
    public void Parallel_and_each() => Equal(
        """
        program: p
        steps:
          - parallel: [a.x, b.x, [c.x, d.x]]
            on-failure: cancel
            need: 2
          - each: thermostat
            steps: [d.reboot, { wait: { state: d, within: 1s } }]
          - each: { model: thermostat, labels: { site: lab } }
            where: t.state.temperature > 20
            as: t
            concurrency: 50
            batches: [1, 10%, 100%]
            gate: [{ delay: 30s }, { assert: "true" }]
            tolerate: 2%
            allow-empty: true
            steps:
              - do: t.install
                undo: t.rollback
                expect: { telemetry: t.temperature, within: 5s }
          - each: [a, b]
            on-failure: complete
            steps: d.reboot
        """,
        DeviceProgram.Create(
            "p",
            Parallel(Do("a.x"), Do("b.x"), Sequence(Do("c.x"), Do("d.x"))).OnFailure(OnFailure.Cancel).Need(2),
            Each("thermostat", Do("d.reboot"), Wait(State("d"), Seconds(1))),
            Each(DeviceSelection.OfModel("thermostat").WithLabel("site", "lab"), Do("t.install").Undo("t.rollback").Expect(Telemetry("t.temperature"), Seconds(5)))
                .Where("t.state.temperature > 20")
                .As("t")
                .WithConcurrency(50)
                .InBatches("1", "10%", "100%")
                .WithGate(Delay(Seconds(30)), AssertThat("true"))
                .Tolerate("2%")
                .AllowEmpty(),
            Each(DeviceSelection.Of("a", "b"), Do("d.reboot")).OnFailure(OnFailure.Complete)));

    [Fact]
    public void Conditions_loops_and_variables() => Equal(
        """
        program: p
        steps:
          - if: toilet.state.bowl == 'used'
            then: [toilet.flush, toilet.clean]
            else: toilet.close
          - if: "true"
            then: [a.x]
          - repeat: 3
            steps: [a.x]
          - repeat: "${n}"
            as: i
            steps: [a.x]
          - while: n < 3
            steps: [{ set: { n: "${n + 1}", text: "n is ${n}", list: [1, "${n}"], map: { a: true, b: 1.5 } } }]
          - until: n == 3
            steps: [a.x]
          - for-each: [a, b]
            steps: [item.x]
          - for-each: "${params.ids}"
            as: id
            steps: [id.x]
        """,
        DeviceProgram.Create(
            "p",
            If("toilet.state.bowl == 'used'", Sequence(Do("toilet.flush"), Do("toilet.clean")), Do("toilet.close")),
            If("true", Do("a.x")),
            Repeat(3, Do("a.x")),
            Repeat("${n}", Do("a.x")).As("i"),
            While("n < 3", Set(new { n = "${n + 1}", text = "n is ${n}", list = new object[] { 1, "${n}" }, map = new { a = true, b = 1.5 } })),
            Until("n == 3", Do("a.x")),
            ForEach(new[] { "a", "b" }, Do("item.x")),
            ForEach("${params.ids}", Do("id.x")).As("id")));

    [Fact]
    public void Messages_and_faults() => Equal(
        """
        program: p
        steps:
          - wait: { telemetry: attic.temperature, where: value > 21, within: 2m }
          - wait: { event: bell.pressed, within: 1s }
          - wait: { topic: "a/+/b/#", within: 1s }
          - publish: acme/all/announce
            payload: { hello: true }
            expect:
              - { state: toilet, within: 5s, from: done, count: 2 }
              - { event: bell.pressed, within: 5s }
            never: { event: siren.alarm }
          - publish: acme/raw
            payload: { hex: 00ff }
            qos: 0
            retain: true
          - publish: acme/nothing
          - publish: acme/text
            payload: hello
            never: [{ event: siren.alarm, within: 5s, from: done }]
          - fault: { on: [speaker, params.light], latency: 300ms..1s, hang: 5%, drop: { what: sent, probability: 30% } }
          - fail: no
        """,
        DeviceProgram.Create(
            "p",
            Wait(Telemetry("attic.temperature", where: "value > 21"), Seconds(120)),
            Wait(Event("bell.pressed"), Seconds(1)),
            Wait(Topic("a/+/b/#"), Seconds(1)),
            Publish("acme/all/announce", new { hello = true })
                .Expect(State("toilet"), Seconds(5), fromDone: true, count: 2)
                .Expect(Event("bell.pressed"), Seconds(5))
                .Never(Event("siren.alarm")),
            Publish("acme/raw", new byte[] { 0, 255 }, qos: 0, retain: true),
            Publish("acme/nothing"),
            Publish("acme/text", "hello").Never(Event("siren.alarm"), Seconds(5), fromDone: true),
            Fault(
                new() { Latency = new DurationSpec.Uniform(TimeSpan.FromMilliseconds(300), Seconds(1)), Hang = 0.05, Drop = new(MessageDirection.Sent, 0.3) },
                "speaker", "params.light"),
            Fail("no")));

    [Fact]
    public void Parameters_and_results() => Equal(
        """
        program: p
        params:
          song: text
          volume: { type: integer, min: 0, max: 10, default: 5 }
        steps:
          - do: params.light.switch-on
        result: { song: "${params.song}" }
        """,
        DeviceProgram.Create("p", Do("params.light.switch-on"))
            .WithParameter("song", new DataType { Kind = DataTypeKind.Text })
            .WithParameter("volume", new DataType { Kind = DataTypeKind.Integer, Min = 0, Max = 10 }, 5)
            .WithResult(new { song = "${params.song}" }));

    [Fact]
    public void Arguments_from_dictionaries_and_maps_are_those_of_anonymous_objects()
    {
        var anonymous = Do("a.x", new { n = 1 });
        Assert.Equal(anonymous.With.AsEnumerable(), Do("a.x", new Dictionary<string, object> { ["n"] = 1 }).With);
        Assert.Equal(anonymous.With.AsEnumerable(), Do("a.x", ValueMap.Of(("n", Value.Of(1)))).With);
    }

    [Theory]
    [InlineData("speaker", "a command was expected")]
    [InlineData("speaker play", "write speaker.play")]
    public void A_text_that_is_no_command_is_refused_at_once(string command, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Do(command)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_condition_that_is_no_JavaScript_is_refused_at_once() =>
        Assert.Contains("cannot assign", Assert.Throws<ArgumentException>(() => If("a = 1", Do("a.x"))).Message, StringComparison.Ordinal);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static void Equal(string yaml, DeviceProgram built)
    {
        var diagnostics = new DiagnosticBag();
        var read = ProgramFile.Parse(yaml, "program.yaml", diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(Trees.Text(read!), Trees.Text(built));
    }
}
