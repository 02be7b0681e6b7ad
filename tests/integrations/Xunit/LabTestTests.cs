using IotMqtt.Testing.Xunit;
using static IotMqtt.Engine.Programs.Steps;

namespace IotMqtt.Integrations.Tests.Xunit;

/// <summary>A lab a test, with its messages in the test's output.</summary>
public sealed class LabTestTests() : LabTest("examples/fleets/home.yaml")
{
    [Fact]
    public async Task What_crosses_the_lab_is_in_the_output_of_the_test()
    {
        (await Lab.RunAsync(Do("speaker.switch-on"), TestContext.Current.CancellationToken)).ShouldSucceed();

        Assert.Contains($"{Lab.Root}/devices/speaker/cmd/switch-on", TestContext.Current.TestOutputHelper!.Output, StringComparison.Ordinal);
        Assert.False(LabAttachments.AddIfFailed(Lab));
        LabAttachments.Add(Lab);
        Assert.Contains("cmd/switch-on", System.Text.Encoding.UTF8.GetString(TestContext.Current.Attachments!["lab.html"].AsByteArray().ByteArray), StringComparison.Ordinal);
    }
}

/// <summary>The lab of a class of tests.</summary>
public sealed class HomeLab() : LabFixture("examples/fleets/home.yaml");

/// <summary>A lab that tests share.</summary>
public sealed class LabFixtureTests : IClassFixture<HomeLab>
{
    private readonly HomeLab _home;

    public LabFixtureTests(HomeLab home)
    {
        _home = home;
        home.WriteTo(TestContext.Current.TestOutputHelper);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("second")]
    public async Task Each_test_has_its_own_output(string which)
    {
        var seen = _home.Lab.Expect(which, cancellationToken: TestContext.Current.CancellationToken);
        await _home.Lab.PublishAsync(which, cancellationToken: TestContext.Current.CancellationToken);
        await seen;

        Assert.Contains(which, TestContext.Current.TestOutputHelper!.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(which == "first" ? "second" : "first", TestContext.Current.TestOutputHelper!.Output, StringComparison.Ordinal);
    }
}
