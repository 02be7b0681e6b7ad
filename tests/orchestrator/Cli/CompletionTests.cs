using System.Diagnostics;
using IotMqtt.Orchestrator.Cli;
using IotMqtt.Testing;

namespace IotMqtt.Orchestrator.Tests.Cli;

/// <summary>What a shell is told when somebody presses Tab.</summary>
public sealed class CompletionTests : CliTest
{
    [Theory]
    [InlineData("iotmqtt r", "run")]
    [InlineData("iotmqtt run x.yaml --dry", "--dry-run")]
    [InlineData("iotmqtt run x.yaml --output ", "json")]
    [InlineData("/usr/bin/iotmqtt up --log-format ", "text")]
    [InlineData("iotmqtt schema ", "fleet")]
    public async Task A_word_that_fits_is_suggested(string line, string word)
    {
        var result = await RunAsync($"[suggest:{line.Length}]", line + "");

        Assert.Equal(0, result.Code);
        Assert.Contains(word, result.Output.Split('\n'));
    }

    [Fact]
    public async Task What_stands_behind_the_cursor_does_not_count_and_old_names_are_not_suggested()
    {
        var result = await RunAsync("[suggest:14]", "iotmqtt run --x.yaml");

        Assert.Contains("--tls-ca", result.Output.Split('\n'));
        Assert.DoesNotContain("--ca-file", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_completes_in_a_bash()
    {
        var bash = Tool.Find("bash", "bash");
        var script = $"""
            iotmqtt() ( exec dotnet {typeof(CliProgram).Assembly.Location} "$@" )
            eval "$(iotmqtt completion bash)"
            COMP_LINE='iotmqtt val' COMP_POINT=11 COMP_WORDS=(iotmqtt val) COMP_CWORD=1
            _iotmqtt
            echo "${"{COMPREPLY[*]}"}"
            """;
        using var process = Process.Start(new ProcessStartInfo(bash, ["--norc", "-c", script]) { RedirectStandardOutput = true })!;

        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("validate\n", output);
    }

    [Fact]
    public async Task A_shell_that_nobody_has_a_script_for_is_an_error()
    {
        var result = await RunAsync("completion", "csh");

        Assert.Equal((2, "error: there is no script for 'csh'; there is: bash, zsh, fish, pwsh\n"), (result.Code, result.Error));
    }
}
