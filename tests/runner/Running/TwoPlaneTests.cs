using System.Collections.Concurrent;
using System.Text;
using IotMqtt.Engine.Programs;
using IotMqtt.Models.Fleets;
using IotMqtt.Models.Reading;
using IotMqtt.Protocol.Links;
using IotMqtt.Protocol.Messages;
using IotMqtt.Runner.Running;
using IotMqtt.Testing;

namespace IotMqtt.Runner.Tests.Running;

/// <summary>Control on one broker, devices on another one that we have no rights on: Debian's Mosquitto with access rules. DESIGN section 2.</summary>
public sealed class TwoPlaneTests : IDisposable, ILinkHandler
{
    private const string Unit = """
        model: unit
        properties: { boots: { type: integer, initial: 0 } }
        commands:
          reboot: { args: { id: { type: integer } }, takes: 20ms, set: { boots: "${boots + 1}" } }
          ping: { takes: 5ms }
        receives:
          downlink:
            topic: acme/${serial}/downlink
            where: value.op == 'reboot'
            do: reboot
            with: { id: "${value.id}" }
            reply: { name: uplink, topic: "acme/${serial}/uplink", payload: { id: "${args.id}", boots: "${boots}" } }
        birth: { topic: "acme/${serial}/online", payload: "yes" }
        will: { topic: "acme/${serial}/online", payload: "no" }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-planes-");
    private readonly ConcurrentQueue<IncomingMessage> _heard = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("5")]
    [InlineData("3.1.1")]
    public async Task Nothing_of_ours_needs_rights_on_the_broker_under_test(string version)
    {
        await using var broker = await StartAsync(["topic readwrite acme/#", "topic deny iotmqtt/#"]);
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet($"connection: {{ url: \"{broker.Url}\", version: {version} }}", 3) }, Token);
        await using var backEnd = await ListenAsync(broker);
        var running = runner.RunAsync(
            Program("""
                program: p
                steps:
                  - wait: { received: unit-2.downlink, where: value.id == 7, within: 10s }
                  - wait: { state: unit-2, where: value.boots >= 1, within: 10s }
                  - do: unit-3.ping
                """),
            Token);
        var said = new OutgoingMessage { Topic = "acme/SN2/downlink", Payload = """{"op":"reboot","id":7}"""u8.ToArray() };
        await Eventually.Async(
            "the unit answers",
            async () =>
            {
                // Again and again: what is said before the run looks does not count for it.
                await backEnd.PublishAsync(said, Token);
                return running.IsCompleted;
            },
            Token,
            () => broker.Output);
        var result = await running;

        Assert.Equal(0, result.ExitCode);
        Assert.Contains(Heard("acme/SN2/uplink"), answer => answer.StartsWith("""{"id":7,""", StringComparison.Ordinal));
        Assert.DoesNotContain("iotmqtt/", broker.Output.Replace("'iotmqtt-", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("'acme/SN1/online', ... (3 bytes)", broker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_may_only_touch_its_own_topics_is_itself_there()
    {
        await using var broker = await StartAsync(["pattern readwrite acme/%u/#", "user back-end", "topic readwrite acme/#"], ("SN1", "p1"), ("SN2", "p2"), ("back-end", "b"));
        var connection = $"connection: {{ url: \"{broker.Url}\", username: \"${{serial}}\", password: \"p${{n}}\", client-id: \"${{serial}}\" }}";
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet(connection, 2) }, Token);
        await using var backEnd = await ListenAsync(broker, "back-end", "b");
        var running = runner.RunAsync(Program("program: p\nsteps:\n  - wait: { sent: unit-1.uplink, where: value.boots >= 1, within: 10s }\n"), Token);
        await Eventually.Async(
            "the unit answers",
            async () =>
            {
                await backEnd.PublishAsync(new OutgoingMessage { Topic = "acme/SN1/downlink", Payload = """{"op":"reboot","id":1}"""u8.ToArray() }, Token);
                return running.IsCompleted;
            },
            Token,
            () => broker.Output);

        Assert.Equal(0, (await running).ExitCode);
        Assert.Contains(" as SN1 (", broker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_that_are_refused_are_said_with_the_devices_that_have_them()
    {
        await using var broker = await StartAsync(["topic readwrite acme/#"], ("SN1", "p1"), ("SN2", "other"), ("SN3", "p3"), ("SN4", "other"));
        var connection = $"connection: {{ url: \"{broker.Url}\", username: \"${{serial}}\", password: \"p${{n}}\" }}";
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet(connection, 4) }, Token);

        var thrown = await Assert.ThrowsAsync<OrchestratorException>(() => runner.RunAsync(Program("program: p\nsteps: [ unit-1.ping ]\n"), Token));

        Assert.Equal(OrchestratorErrorKind.BrokerUnreachable, thrown.Kind);
        Assert.StartsWith("2 of 4 devices could not connect, unit-2, unit-4: The broker at ", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p2", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_under_test_that_goes_away_is_said_and_commands_go_on()
    {
        await using var control = await MosquittoBroker.StartAsync(Token);
        await using var broker = await MosquittoBroker.StartAsync(Token);
        var options = new ProgramRunnerOptions { Fleet = Fleet($"connection: {{ url: \"{broker.Url}\" }}", 1), Broker = BrokerUrl.Parse(control.Url) };
        await using var runner = await ProgramRunner.StartAsync(options, Token);
        await using var watching = await ListenAsync(control, filter: "iotmqtt/devices/+/status");
        await Eventually.Async("the device says that its link is up", () => Link() == OwnConnection.Up, Token);

        await broker.StopAsync(Token);
        await Eventually.Async("the device says that its link is down", () => Link() == OwnConnection.Down, Token);
        var without = await runner.RunAsync(Program("program: p\nsteps: [ unit-1.ping ]\n"), Token);
        await broker.StartAgainAsync(Token);
        await Eventually.Async("the device says that its link is up again", () => Link() == OwnConnection.Up, Token);

        Assert.Equal(0, without.ExitCode);
    }

    [Fact]
    public async Task Of_several_addresses_the_one_that_answers_is_taken()
    {
        await using var broker = await MosquittoBroker.StartAsync(Token);
        var gone = await MosquittoBroker.StartAsync(Token);
        var url = gone.Url;
        await gone.DisposeAsync();
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet($"connection: {{ url: [\"{url}\", \"{broker.Url}\"] }}", 1) }, Token);

        Assert.Equal(0, (await runner.RunAsync(Program("program: p\nsteps: [ unit-1.ping ]\n"), Token)).ExitCode);
        Assert.Contains(" as iotmqtt-unit-1 ", broker.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_a_fault_takes_off_the_air_is_away_on_both_planes()
    {
        await using var broker = await MosquittoBroker.StartAsync(Token);
        await using var runner = await ProgramRunner.StartAsync(new() { Fleet = Fleet($"connection: {{ url: \"{broker.Url}\" }}", 2) }, Token);
        await using var backEnd = await ListenAsync(broker);

        var result = await runner.RunAsync(
            Program("""
                program: p
                steps:
                  - fault: { on: [unit-1], disconnect: 300ms }
                  - do: unit-1.ping
                    retry: { attempts: 20, initial: 100ms, backoff: constant, when: [unreachable] }
                """),
            Token);

        Assert.Equal(0, result.ExitCode);
        await Eventually.Async("its will and its birth have come", () => Heard("acme/SN1/online").TakeLast(2).SequenceEqual(["no", "yes"]), Token, () => broker.Output);
    }

    void ILinkHandler.OnMessage(MqttLink link, IncomingMessage message) => _heard.Enqueue(message);

    void ILinkHandler.OnStatus(MqttLink link, LinkStatus status)
    {
    }

    private IEnumerable<string> Heard(string topic) =>
        _heard.Where(message => message.Topic == topic).Select(message => Encoding.UTF8.GetString(message.Payload.Span));

    private OwnConnection? Link() =>
        _heard.LastOrDefault() is { } last && MessageJson.TryParse(last.Payload.Span, out DeviceStatus? status, out _) ? status.Link : null;

    private async Task<MosquittoBroker> StartAsync(string[] rules, params (string User, string Password)[] users)
    {
        var file = Path.Combine(_folder.FullName, "acl");
        await File.WriteAllLinesAsync(file, rules, Token);
        return await MosquittoBroker.StartAsync(
            Token, new MosquittoOptions { Lines = [$"acl_file {file}"], Users = users.ToDictionary(user => user.User, user => user.Password) });
    }

    private async Task<MqttLink> ListenAsync(MosquittoBroker broker, string? username = null, string? password = null, string filter = "acme/#")
    {
        var link = new MqttLink(
            new MqttLinkOptions { Url = BrokerUrl.Parse(broker.Url), ClientId = "the-back-end", Username = username, Password = password },
            this,
            new LinkEnvironment(),
            new Subscription(filter));
        await link.ConnectAsync(Token);
        return link;
    }

    private FleetDefinition Fleet(string connection, int count)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "unit.yaml"), Unit);
        var text = $"fleet: f\nmodels: [unit.yaml]\n{connection}\ndevices:\n  - {{ id: \"unit-${{n}}\", model: unit, count: {count}, vars: {{ serial: \"SN${{n}}\" }} }}\n";
        var diagnostics = new DiagnosticBag();
        var fleet = FleetFile.Parse(text, Path.Combine(_folder.FullName, "fleet.yaml"), new FleetOptions(), diagnostics);
        Assert.Empty(diagnostics.Select(diagnostic => diagnostic.ToString()));
        return fleet!;
    }

    private static DeviceProgram Program(string text)
    {
        var diagnostics = new DiagnosticBag();
        var program = ProgramFile.Parse(text, "p.yaml", diagnostics);
        Assert.Empty(diagnostics.Select(diagnostic => diagnostic.ToString()));
        return program!;
    }
}
