using IotMqtt.Orchestrator.Cli;

namespace IotMqtt.Orchestrator.Tests.Cli;

/// <summary>Standard output that takes nothing: a full disk, a closed descriptor.</summary>
public sealed class StandardOutputTests : CliTest
{
    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task A_run_goes_on_and_what_could_not_be_said_is_an_error(string format)
    {
        using var error = new StringWriter { NewLine = "\n" };

        var code = await RunAsync(error, "run", WriteWakeUp(), "--dry-run", "--output", format);

        Assert.Equal(2, code);
        Assert.Equal("error: standard output takes nothing any more: No space left on device\n", error.ToString());
    }

    [Fact]
    public async Task A_run_that_failed_keeps_its_exit_code()
    {
        using var error = new StringWriter { NewLine = "\n" };

        var code = await RunAsync(error, "run", WriteEverythingAtOnce(), "--dry-run");

        Assert.Equal(1, code);
        Assert.Contains("speaker.play rejected: the speaker is off", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_that_nobody_takes_keep_their_exit_code()
    {
        await using var full = new FullDisk();

        var code = await RunAsync(full, "run", "nowhere.yaml");

        Assert.Equal(2, code);
    }

    private Task<int> RunAsync(TextWriter error, params string[] arguments)
    {
        var context = new CliContext { Output = new FullDisk(), Error = error, Environment = _ => null, Folder = Folder, Interrupts = Interrupts };
        return CliProgram.RunAsync(arguments, context, TestContext.Current.CancellationToken);
    }

    private sealed class FullDisk : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void Write(char[] buffer, int index, int count) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }
}
