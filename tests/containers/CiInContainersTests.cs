using System.Diagnostics;
using IotMqtt.Containers.Tests.Images;

namespace IotMqtt.Containers.Tests;

/// <summary>What CI uses, from this checkout alone: the script of the GitHub action with the image, the job of the GitLab template in it, and the single file without .NET.</summary>
public sealed class CiInContainersTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iotmqtt-ci-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await DockerEngine.RequireAsync();
        File.Copy(Path.Combine(Repository.Root, "examples", "programs", "everything-at-once.yaml"), Path.Combine(_folder.FullName, "program.yaml"));
        File.Copy(Path.Combine(Repository.Root, "examples", "fleets", "home.yaml"), Path.Combine(_folder.FullName, "home.yaml"));
    }

    [Fact]
    public async Task The_script_of_the_action_builds_the_image_and_runs_in_it()
    {
        var result = await ProcessAsync(
            Path.Combine(Repository.Root, "deploy", "ci", "run.sh"), [], ("INPUT_PROGRAM", "program.yaml"), ("INPUT_FLEET", "home.yaml"), ("GITHUB_ACTIONS", "true"));

        Assert.True(result.ExitCode == 1, result.Output + result.Error);
        Assert.Contains("::error file=program.yaml,line=10,col=9::speaker.play rejected: the speaker is off", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "iotmqtt-reports", "junit.xml")));
    }

    [Fact]
    public async Task The_job_of_the_template_runs_in_the_image()
    {
        var template = await File.ReadAllLinesAsync(Path.Combine(Repository.Root, "deploy", "ci", "gitlab.yml"), Cancellation);
        var script = template.Single(line => line.TrimStart().StartsWith("- iotmqtt run", StringComparison.Ordinal)).Trim()[2..];

        var result = await DockerEngine.RunAsync(
            "run", "--rm", "--entrypoint", "sh", "-v", $"{_folder.FullName}:/builds", "-w", "/builds", "-e", "PROGRAMS=program.yaml", "-e", "REPORTS=reports", "-e", "IOTMQTT_FLEET=home.yaml",
            ProjectImages.AllInOne, "-c", script);

        Assert.True(result.ExitCode == 1, result.Output + result.Error);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "reports", "everything-at-once.html")));
    }

    [Fact]
    public async Task The_single_file_runs_where_there_is_no_dotnet()
    {
        var built = await ProcessAsync(Path.Combine(Repository.Root, "deploy", "single-file"), ["linux-x64", _folder.FullName]);
        Assert.True(built.ExitCode == 0, built.Output + built.Error);

        var result = await DockerEngine.RunAsync(
            "run", "--rm", "-v", $"{_folder.FullName}:/w", "-w", "/w", "debian:trixie-slim", "./iotmqtt", "run", "program.yaml", "--fleet", "home.yaml");

        Assert.True(result.ExitCode == 1, result.Output + result.Error);
        Assert.Contains("✕ everything-at-once failed", result.Output, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<DockerResult> ProcessAsync(string program, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return new(process.ExitCode, await output, await error);
    }
}
