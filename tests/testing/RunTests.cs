using IotMqtt.Engine.Programs;
using IotMqtt.Engine.Running;
using IotMqtt.Models.Reading;
using IotMqtt.Models.Values;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Testing.Tests;

/// <summary>Programs in a lab.</summary>
public sealed class RunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_run_the_lab_knows_what_its_devices_received_and_are()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);

        var run = await lab.RunAsync(Sequence(Do("light.switch-on"), Do("speaker.switch-on"), Do("speaker.play", new { song = "Africa" })), Token);

        Assert.Same(run, run.ShouldSucceed());
        Assert.Equal(3, run.Report.Steps.Count);
        Assert.Equal(Value.True, lab.Device("light").State["power"]);
        Assert.Equal(Value.Of("Africa"), lab.Device("speaker").State["song"]);
        Assert.Equal(["switch-on", "play"], lab.Device("speaker").Received.Select(message => message.Topic.Split('/')[^1]));
        Assert.Equal("""{"song":"Africa"}""", lab.Device("speaker").Received[1].Text);
        Assert.Empty(lab.Device("slow").Received);
        Assert.All(Homes.Fleet.Devices, device => Assert.True(lab.Device(device.Id).IsOnline));
    }

    [Fact]
    public async Task What_failed_is_said_with_its_place_the_timeline_and_the_messages()
    {
        await using var lab = await IotLab.StartAsync("examples/fleets/home.yaml", cancellationToken: Token);
        var run = await lab.RunAsync("examples/programs/everything-at-once.yaml", cancellationToken: Token);

        var failure = Assert.Throws<LabException>(run.ShouldSucceed).Message;

        Assert.StartsWith("everything-at-once failed after ", failure, StringComparison.Ordinal);
        Assert.Contains("speaker.play rejected: the speaker is off  (examples/programs/everything-at-once.yaml:10:9)", failure, StringComparison.Ordinal);
        Assert.Contains("toilet.flush  succeeded", failure, StringComparison.Ordinal);
        Assert.Contains($"{lab.Root}/devices/speaker/state", failure, StringComparison.Ordinal);
        Assert.Same(run, run.ShouldFail("the speaker is off"));
        Assert.Throws<LabException>(() => run.ShouldFail("the speaker is broken"));
        Assert.Throws<LabException>(() => new LabRun(run.Report with { ExitCode = 0 }, []).ShouldFail());
    }

    [Fact]
    public async Task A_run_is_one_page_of_HTML()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        var run = await lab.RunAsync(Do("light.switch-on"), Token);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.html");

        run.WriteHtml(file);

        Assert.Contains("light.switch-on", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task Everything_that_crossed_the_lab_is_one_page()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        await lab.PublishAsync("hello", "<script>alert(1)</script>\u0001", cancellationToken: Token);
        await lab.RunAsync(Do("speaker.play"), Token);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.html");

        lab.WriteHtml(file);

        var page = await File.ReadAllTextAsync(file, Token);
        File.Delete(file);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;\ufffd", page, StringComparison.Ordinal);
        Assert.Contains("rejected: the speaker is off", page, StringComparison.Ordinal);
        Assert.Contains("/devices/speaker/cmd/play</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("</html>", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_program_is_said_with_its_place()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.yaml");
        await File.WriteAllTextAsync(file, "program: wrong\nsteps:\n  - light.explode\n  - lamp.switch-on\n", Token);

        var wrong = await Assert.ThrowsAsync<InvalidFileException>(() => lab.RunAsync(file, cancellationToken: Token));

        Assert.Equal([3, 4], wrong.Diagnostics.Select(diagnostic => diagnostic.At.Line));
        var built = await Assert.ThrowsAsync<LabException>(() => lab.RunAsync(Do("light.explode"), Token));
        Assert.Contains("explode", built.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Fact]
    public async Task A_program_that_goes_on_is_ended_with_its_lab_and_says_so()
    {
        var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        var begun = lab.Expect("+/devices/slow/cmd/switch-on", cancellationToken: Token);
        var run = lab.RunAsync(DeviceProgram.Create("long", Do("slow.switch-on")), cancellationToken: Token);
        await begun;

        var second = await Assert.ThrowsAsync<LabException>(() => lab.RunAsync(Do("light.switch-on"), Token));
        await Eventually.Async("the lab is disposed", lab.DisposeAsync().AsTask(), Token);

        Assert.Contains("one thing at a time", second.Message, StringComparison.Ordinal);
        var ended = await Assert.ThrowsAsync<LabException>(() => run);
        Assert.Contains("disposed while long ran", ended.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => lab.RunAsync(Do("light.switch-on"), Token));
    }

    [Fact]
    public async Task A_cancelled_program_has_a_result_that_says_so()
    {
        await using var lab = await IotLab.StartAsync(Homes.Fleet, cancellationToken: Token);
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var begun = lab.Expect("+/devices/slow/cmd/switch-on", cancellationToken: Token);
        var run = lab.RunAsync(Do("slow.switch-on"), interrupt.Token);
        await begun;

        await interrupt.CancelAsync();

        Assert.Equal(RunStatus.Interrupted, (await run).Report.Status);
    }
}
